import { describe, expect, it } from 'vitest';
import { markdownTitle, textTitle } from './text-title.ts';

describe('markdownTitle', () => {
  it.each([
    ['# Andorra\n\nText', 'Andorra'],
    ['\n\n#  Spaced  ##\n', 'Spaced'],
    ['Intro\n\n# Later\n', 'Later'],
    ['## Part\n\n# Whole\n', 'Part'],
    ['Text\n\n## Part\n', null],
    ['Title\n=====\n', 'Title'],
    ['Title\n-----\n', 'Title'],
    ['Text\n\nTitle\n===\n', 'Title'],
    ['```\n# comment\n```\n\n# Real\n', 'Real'],
    ['# **Bold** [link](a.md) `code` <sub>x</sub>\n', 'Bold link code x'],
    ['# snake_case_name\n', 'snake_case_name'],
    ['---\ntitle: "From: matter"\ndate: 2020\n---\n\n# Heading\n', 'From: matter'],
    ["---\nname: 'It''s'\n---\ntext", "It's"],
    ['+++\ntitle = "Toml"\n+++\ntext', 'Toml'],
    ['---\ndate: 2020\n---\n\n# Heading\n', 'Heading'],
    ['Name: Acme\nSize: 5\n', 'Acme'],
    ['Size: 5\nTitle: Acme report\n', 'Acme report'],
    ['Some prose\nName: Acme\n', null],
    ['华丰股份有限公司\n2023年年度报告\n\n所属行业：钢铁业\n', '华丰股份有限公司'],
    ['今年公司发展良好，收入增长。\n\n正文\n', null],
    ['所属行业：钢铁业\n\n正文\n', null],
    [`# ${'x'.repeat(300)}\n`, null],
    ['', null],
  ])('of %j is %j', (text, title) => {
    expect(markdownTitle(text)).toBe(title);
  });
});

describe('textTitle', () => {
  it.each([
    ['ADA BRANDT\n\nAda Brandt, born in 1950, plays the viola.', 'ADA BRANDT'],
    ['CONTENTS\n\n1. Scope', null],
    ['REPORT\n======\n\ntext', 'REPORT'],
    ['======\nREPORT\n======\n', 'REPORT'],
    ['======\nREPORT\nPeriod: May 2021\n======\n', 'REPORT'],
    ['Fish log / Lower Weir\nMonth: 05/2021\nPrepared by J. Roe\n\ntext', 'Fish log / Lower Weir'],
    ['A plain line\nand another\nand a third\n\ntext', null],
    ['# a comment\ntext', null],
    ['Subject: Costs\nDate: 2020\n', 'Costs'],
    ['Package: andi\nVersion: 1\n', null],
    ['A plain line\nand another', null],
    ['Lamont v. Harbourline Ltd.\n2021 PSC 116\n\nIn the court\n', 'Lamont v. Harbourline Ltd.'],
    ['The annual review\n\ntext', 'The annual review'],
    ['Dear Ms Lane\n\ntext', null],
    ['It is over.\n\ntext', null],
    ['Capital: Oslo\n\ntext', null],
    ['Alone\n\n', null],
  ])('of %j is %j', (text, title) => {
    expect(textTitle(text)).toBe(title);
  });

  it('takes a line of a million characters at once', () => {
    expect(textTitle(`Title: ${'x'.repeat(1_000_000)}`)).toBeNull();
    expect(markdownTitle(`# ${'*'.repeat(1_000_000)}`)).toBeNull();
    expect(markdownTitle(`# ${'[a]('.repeat(4000)}`)).toBeNull();
  });
});
