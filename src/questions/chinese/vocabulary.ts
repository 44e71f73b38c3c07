import type { Comparison, Measure } from '../plan.ts';
import type { Wordings } from '../vocabulary.ts';

/*
 * The words that questions are both written and read with. Of every list, the first is the plainest; those of `more`
 * are only read.
 */

interface Words {
  readonly write: Wordings;
  readonly more: readonly string[];
}

const words = (write: Wordings, more = ''): Words => ({ write, more: more === '' ? [] : more.split(' ') });

/** All of the words as a pattern of the grammar. */
export const anyOf = ({ write, more }: Words): string => [...write, ...more].join('|');

export const comparators: Readonly<Record<Comparison, Words>> = {
  '>': words(['大于', '超过', '高于'], '多于 过 破 突破 逾 高过 大过 超出 超 高出 >'),
  '>=': words(
    ['不低于', '不少于', '至少为'],
    '不小于 至少 至少是 至少有 至少达到 大于等于 大于或等于 高于等于 高于或等于 达到 达到了 达 不下于 最少为 最少 起码 >=',
  ),
  '<': words(['小于', '低于'], '少于 不足 不到 不及 未达到 未达 未超过等于 <'),
  '<=': words(
    ['不超过', '不高于', '至多为'],
    '不大于 不多于 至多 至多是 至多有 最多为 最多 最多有 小于等于 小于或等于 低于等于 低于或等于 未超过 不超 <=',
  ),
  '=': words(
    ['等于'],
    '为 是 恰好为 恰好是 正好是 正好为 恰为 恰好等于 刚好为 刚好是 恰好 正好 只有 仅有 仅为 恰有 =',
  ),
  '!=': words(['不等于'], '不为 不是 !='),
};

export const dateComparators: Readonly<Record<Exclude<Comparison, '=' | '!='>, Words>> = {
  '>': words(['晚于'], '迟于 后于'),
  '>=': words(['不早于']),
  '<': words(['早于'], '先于'),
  '<=': words(['不晚于'], '不迟于 截至'),
};

type Measured = Exclude<Measure['function'], 'count' | 'percentile' | 'correlation' | 'count-distinct'>;

/** What stands behind a quantity: `净利润的平均值`. */
export const measuresBehind: Readonly<Record<Measured, Words>> = {
  average: words(['平均值'], '均值 平均数 平均 平均水平 算术平均 算术平均值 平均为'),
  median: words(['中位数'], '中值 中位值'),
  sum: words(
    ['总和', '合计'],
    '总计 之和 总额 总量 总数 总值 加总 合计值 合计数 求和 累计 加起来 一共 总共 共计',
  ),
  minimum: words(['最小值'], '最低值 最低 最小 最少 最小数 最少值'),
  maximum: words(['最大值'], '最高值 最高 最大 最多 最大数 最多值'),
  'standard-deviation': words(['标准差'], '总体标准差'),
  variance: words(['方差'], '总体方差'),
};

/** What stands before a quantity: `平均净利润`. */
export const measuresBefore: Readonly<Partial<Record<Measured, Words>>> = {
  average: words(['平均'], '均 平均的'),
  median: words(['中位'], '中位数的'),
  sum: words(['总'], '合计 总的 累计 总共的 全部 合并的'),
  minimum: words(['最低', '最小'], '最少 最低的 最小的'),
  maximum: words(['最高', '最大'], '最多 最高的 最大的'),
};

export const dateExtremes = {
  minimum: words(['最早'], '最老 最久'),
  maximum: words(['最晚'], '最近 最新 最迟'),
} as const;

/** What rows are ranked by: `营业收入最高`. */
export const superlatives = {
  falling: words(
    ['最高', '最大'],
    '最多 最强 最好 最长 最重 最贵 最快 最深 最宽 最远 最厚 居首 排名第一 位居第一 排第一 第一',
  ),
  rising: words(['最低', '最小'], '最少 最弱 最差 最短 最轻 最便宜 最慢 最浅 最窄 最薄 垫底 排名最后'),
  latest: words(['最晚'], '最近 最新 最迟'),
  earliest: words(['最早'], '最久 最老'),
} as const;

export const orders = {
  falling: words(
    ['从高到低', '降序'],
    '由高到低 从大到小 由大到小 从多到少 由多到少 递减 倒序 从晚到早 由晚到早 从长到短 由长到短 从快到慢 由快到慢 从贵到便宜 由贵到便宜 从重到轻 由重到轻 从远到近 由远到近 由远及近 从强到弱 由强到弱 从新到旧 由新到旧 从好到差 由好到差',
  ),
  rising: words(
    ['从低到高', '升序'],
    '由低到高 从小到大 由小到大 从少到多 由少到多 递增 正序 从早到晚 由早到晚 从短到长 由短到长 从慢到快 由慢到快 从便宜到贵 由便宜到贵 从轻到重 由轻到重 从近到远 由近到远 由近及远 从弱到强 由弱到强 从旧到新 由旧到新',
  ),
} as const;

/** Counters between a number and what is counted. */
export const counters =
  '家|个|名|所|座|条|位|种|只|间|篇|份|款|项|支|台|部|本|次|笔|类|国|城|户|人|件|辆|艘|架|处|届|场|期|批|张|段|口|片|幢|栋|套|组|大|门|首|股|颗|棵|头|匹|封|起';

interface ChineseNoun {
  readonly noun: string;
  readonly counter: string;
  readonly also: readonly string[];
}

const noun = (text: string, counter: string, also = ''): ChineseNoun => ({
  noun: text,
  counter,
  also: also === '' ? [] : also.split(' '),
});

/** What the rows of a table are called in Chinese, by what they are called in English. */
export const nounsInChinese: ReadonlyMap<string, ChineseNoun> = new Map([
  ['company', noun('公司', '家', '企业 上市公司 厂商 商家')],
  ['corporation', noun('公司', '家', '企业')],
  ['firm', noun('公司', '家', '企业 事务所')],
  ['business', noun('企业', '家', '公司')],
  ['enterprise', noun('企业', '家', '公司')],
  ['filing', noun('公司', '家', '企业 上市公司 年报')],
  ['mine', noun('矿', '座', '矿山')],
  ['tunnel', noun('隧道', '条')],
  ['dam', noun('大坝', '座', '水坝')],
  ['reservoir', noun('水库', '座')],
  ['road', noun('公路', '条', '道路')],
  ['railway', noun('铁路', '条')],
  ['line', noun('线路', '条')],
  ['museum', noun('博物馆', '家', '馆')],
  ['library', noun('图书馆', '家', '馆')],
  ['theatre', noun('剧院', '家', '剧场')],
  ['temple', noun('寺庙', '座', '寺院')],
  ['tender', noun('招标', '项', '招标项目 项目 采购项目')],
  ['procurement', noun('采购', '项', '采购项目 项目 标的')],
  ['purchase', noun('采购', '项', '采购项目 项目')],
  ['notice', noun('通知', '份', '公告 通报')],
  ['announcement', noun('公告', '份', '通知')],
  ['inspection', noun('检查', '次', '巡检')],
  ['complaint', noun('投诉', '件')],
  ['ticket', noun('工单', '张')],
  ['permit', noun('许可证', '张', '许可')],
  ['patent', noun('专利', '项')],
  ['policy', noun('保单', '份', '政策')],
  ['loan', noun('贷款', '笔')],
  ['claim', noun('理赔', '笔', '索赔 案件')],
  ['transaction', noun('交易', '笔')],
  ['flight', noun('航班', '个')],
  ['farm', noun('农场', '个')],
  ['factory', noun('工厂', '家', '企业')],
  ['device', noun('设备', '台', '器械 装置')],
  ['equipment', noun('设备', '台')],
  ['machine', noun('机器', '台', '设备')],
  ['vaccine', noun('疫苗', '种')],
  ['medicine', noun('药品', '种', '药物')],
  ['disease', noun('疾病', '种')],
  ['student', noun('学生', '名')],
  ['teacher', noun('教师', '名', '老师')],
  ['athlete', noun('运动员', '名', '选手')],
  ['song', noun('歌曲', '首')],
  ['game', noun('游戏', '款', '比赛')],
  ['match', noun('比赛', '场')],
  ['painting', noun('画作', '幅', '作品')],
  ['relic', noun('文物', '件')],
  ['artifact', noun('文物', '件')],
  ['exhibition', noun('展览', '个')],
  ['wine', noun('葡萄酒', '款', '酒')],
  ['dish', noun('菜品', '道', '菜')],
  ['supplier', noun('供应商', '家', '厂商 公司')],
  ['vendor', noun('供应商', '家', '厂商')],
  ['customer', noun('客户', '个', '顾客')],
  ['country', noun('国家', '个', '国')],
  ['nation', noun('国家', '个', '国')],
  ['city', noun('城市', '座', '市')],
  ['town', noun('城镇', '座', '镇')],
  ['village', noun('村庄', '个', '村')],
  ['province', noun('省份', '个', '省')],
  ['state', noun('州', '个')],
  ['region', noun('地区', '个', '区域')],
  ['county', noun('县', '个', '郡')],
  ['municipality', noun('城市', '个', '市镇')],
  ['hospital', noun('医院', '家')],
  ['clinic', noun('诊所', '家')],
  ['university', noun('大学', '所', '高校 院校 学校')],
  ['college', noun('学院', '所', '大学 高校 院校 学校')],
  ['school', noun('学校', '所')],
  ['institution', noun('机构', '家', '院校 学校')],
  ['organization', noun('组织', '个', '机构')],
  ['organisation', noun('组织', '个', '机构')],
  ['agency', noun('机构', '家')],
  ['bank', noun('银行', '家')],
  ['fund', noun('基金', '只')],
  ['stock', noun('股票', '只')],
  ['bond', noun('债券', '只')],
  ['river', noun('河流', '条', '河')],
  ['lake', noun('湖泊', '个', '湖')],
  ['island', noun('岛屿', '座', '岛')],
  ['mountain', noun('山峰', '座', '山')],
  ['park', noun('公园', '个')],
  ['airport', noun('机场', '个')],
  ['bridge', noun('桥梁', '座', '桥')],
  ['building', noun('建筑', '座', '楼')],
  ['house', noun('房屋', '套', '房子 住宅 房产')],
  ['home', noun('房屋', '套', '房子 住宅')],
  ['apartment', noun('公寓', '套', '房子')],
  ['property', noun('房产', '套', '物业 房屋 房子')],
  ['listing', noun('房源', '套', '挂牌')],
  ['hotel', noun('酒店', '家', '宾馆 旅馆')],
  ['restaurant', noun('餐厅', '家', '餐馆 餐饮店 饭店 店')],
  ['shop', noun('商店', '家', '店铺 店')],
  ['store', noun('门店', '家', '商店 店')],
  ['product', noun('产品', '款', '商品')],
  ['package', noun('软件包', '个', '包')],
  ['model', noun('型号', '款', '模型')],
  ['car', noun('汽车', '辆', '车')],
  ['vehicle', noun('车辆', '辆', '车')],
  ['ship', noun('船舶', '艘', '船')],
  ['book', noun('书籍', '本', '书 图书')],
  ['film', noun('电影', '部', '影片')],
  ['movie', noun('电影', '部', '影片')],
  ['paper', noun('论文', '篇')],
  ['article', noun('文章', '篇')],
  ['letter', noun('信件', '封')],
  ['message', noun('消息', '条', '邮件')],
  ['contract', noun('合同', '份')],
  ['invoice', noun('发票', '张')],
  ['order', noun('订单', '笔')],
  ['project', noun('项目', '个')],
  ['programme', noun('项目', '个')],
  ['program', noun('项目', '个')],
  ['incident', noun('事件', '起', '事故')],
  ['event', noun('事件', '起')],
  ['accident', noun('事故', '起')],
  ['case', noun('案件', '起', '案例')],
  ['trial', noun('试验', '项')],
  ['drug', noun('药品', '种', '药物')],
  ['patient', noun('患者', '名', '病人')],
  ['person', noun('人员', '名', '人')],
  ['employee', noun('员工', '名', '职工')],
  ['player', noun('球员', '名', '选手')],
  ['team', noun('团队', '支', '球队')],
  ['course', noun('课程', '门')],
  ['recipe', noun('菜谱', '份')],
  ['species', noun('物种', '种')],
  ['plant', noun('工厂', '家', '植物 电厂')],
  ['station', noun('站点', '个', '车站')],
  ['site', noun('站点', '个', '场所')],
  ['profile', noun('档案', '份')],
  ['report', noun('报告', '份')],
  ['document', noun('文档', '份', '文件')],
  ['file', noun('文件', '份', '文档')],
  ['record', noun('记录', '条')],
  ['entry', noun('条目', '个')],
  ['item', noun('条目', '个')],
  ['entity', noun('对象', '个')],
]);

/** What any row may be called, whatever the table is about. */
export const anyRowNouns: readonly string[] = '条目 记录 对象 文档 文件 报告 主体 实体 样本'.split(' ');

/** Units as Chinese names them; others are written as they are. */
export const unitsInChinese: ReadonlyMap<string, string> = new Map([
  ['CNY', '元'],
  ['USD', '美元'],
  ['EUR', '欧元'],
  ['GBP', '英镑'],
  ['JPY', '日元'],
  ['HKD', '港元'],
  ['km', '公里'],
  ['m', '米'],
  ['sq km', '平方公里'],
  ['sq m', '平方米'],
  ['cu m', '立方米'],
  ['t', '吨'],
  ['kg', '公斤'],
  ['days', '天'],
  ['years', '年'],
  ['months', '个月'],
  ['h', '小时'],
  ['min', '分钟'],
]);

export const dateParts = { year: '年份', quarter: '季度', month: '月份' } as const;
