import { describe, expect, it } from '@jest/globals';
import { createSecretKey } from 'node:crypto';
import { allReaders, mayRead, mayTouch, newSecret, notByTheHead, openKeyHasher, ROLES } from '#access';
import type { Role, Scope } from '#access';

const key = (role: Role, region: string | null, subject: string | null = null) => ({
  keyId: 'k',
  role,
  scope: { region, subject },
});
const scope = (region: string | null, subject: string | null = null): Scope => ({ region, subject });
const [OURS, THEIRS] = ['91330100799655058B', '914403001922038216'];

describe('a key bound to a region', () => {
  it.each([
    ['its own region', '330600', true],
    ['a district of it', '330602', true],
    ['a township of it', '330602001', true],
    ['a former code of it', '330621', true],
    ['the province above', '330000', false],
    ['another city', '370300', false],
    ['a code that is none', '3306', false],
    ['an unknown region', null, false],
  ])('for an object of %s', (_, region, allowed) => {
    expect(mayTouch(key('officer', '330600'), scope(region))).toBe(allowed);
  });

  it('does not reach a functional zone that only looks like its own', () => {
    expect(mayTouch(key('officer', '140100'), scope('140171'))).toBe(false);
    expect(mayTouch(key('officer', '140000'), scope('140171'))).toBe(true);
  });

  it('reaches what has no region yet as a hotline, and only as a hotline', () => {
    const reaching = ROLES.filter((role) => mayTouch(key(role, '330600'), scope(null)));
    expect(reaching).toEqual(['hotline']);
    expect(mayTouch(key('hotline', '330600'), scope('370300'))).toBe(false);
  });
});

describe('a key bound to a subject', () => {
  it('reaches that subject and nothing else', () => {
    expect(mayTouch(key('merchant', null, OURS), scope('330602', OURS))).toBe(true);
    expect(mayTouch(key('merchant', null, OURS), scope('330602', THEIRS))).toBe(false);
    expect(mayTouch(key('merchant', null, OURS), scope('330602', null))).toBe(false);
    expect(mayTouch(key('hotline', null, OURS), scope(null, null))).toBe(false);
  });

  it('and to a region needs both', () => {
    expect(mayTouch(key('merchant', '330600', OURS), scope('330602', OURS))).toBe(true);
    expect(mayTouch(key('merchant', '330600', OURS), scope('370300', OURS))).toBe(false);
  });
});

it('a key without bounds reaches everything', () => {
  for (const object of [scope(null), scope('330602'), scope(null, OURS)]) {
    expect(mayTouch(key('auditor', null), object)).toBe(true);
  }
});

describe('secrets', () => {
  it('are new each time and fit a header', () => {
    const secrets = Array.from({ length: 100 }, newSecret);
    expect(new Set(secrets).size).toBe(100);
    for (const secret of secrets) expect(secret).toMatch(/^fx_[\w-]{43}$/);
  });

  it('hash the same under one pepper, and otherwise under another', () => {
    const [pepper, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const hash = openKeyHasher(pepper).secretHash('fx_a');
    expect(hash).toMatch(/^[\w-]{43}$/);
    expect(openKeyHasher(createSecretKey(pepper)).secretHash('fx_a')).toBe(hash);
    expect(openKeyHasher(pepper).secretHash('fx_b')).not.toBe(hash);
    expect(openKeyHasher(other).secretHash('fx_a')).not.toBe(hash);
  });
});

describe('the head of an authority (负责人)', () => {
  it('reads what an officer of it reads, and nothing that is kept from officers', () => {
    expect(mayRead('head', ['officer', 'auditor'])).toBe(true);
    expect(mayRead('head', ['auditor'])).toBe(false);
    expect(mayRead('administrator', [])).toBe(true);
    expect(allReaders(['hotline', 'officer'])).toEqual(['hotline', 'officer', 'head', 'administrator']);
  });

  it('alone decides what is the head’s: no officer does, and no process ever', () => {
    const by = (role: string) => notByTheHead({ actor: { id: 'k', role } })?.code;
    expect(['head', 'administrator'].map(by)).toEqual([undefined, undefined]);
    expect(['officer', 'enforcement'].map(by)).toEqual(['HEAD_REQUIRED', 'HEAD_REQUIRED']);
    for (const role of ['process', 'merchant', 'hotline', 'mediator', 'public', 'court']) {
      expect(by(role)).toBe('HUMAN_DECISION_REQUIRED');
    }
  });
});
