// Encodes texts with the reference in JavaScript: node encode.mjs FOLDER_OF_NODE_MODULES PACKAGE TEXTS.json > one JSON object a line.
import { readFileSync } from 'node:fs';

const [modules, name, texts] = process.argv.slice(2);
const { Tokenizer } = await import(`${modules}/@huggingface/tokenizers/dist/tokenizers.mjs`);
const read = file => JSON.parse(readFileSync(`${modules}/${name}/models/${file}`, 'utf8'));
const json = read('tokenizer.json');
const config = read('tokenizer_config.json');
const whole = new Tokenizer(json, config);
// Text in which special tokens stay plain: the same tokenizer without them.
const plain = new Tokenizer({ ...json, added_tokens: json.added_tokens.filter(token => !token.special) }, config);
const keep = { skip_special_tokens: false, clean_up_tokenization_spaces: false };
const skip = { skip_special_tokens: true, clean_up_tokenization_spaces: false };

for (const text of JSON.parse(readFileSync(texts, 'utf8'))) {
  const ids = whole.encode(text, { add_special_tokens: false }).ids;
  console.log(JSON.stringify({
    ids,
    ids_with_special: whole.encode(text).ids,
    plain: plain.encode(text, { add_special_tokens: false }).ids,
    decoded: ids.length ? whole.decode(ids, keep) : '',
    decoded_without_special: ids.length ? whole.decode(ids, skip) : '',
    decoded_backwards: ids.length ? whole.decode([...ids].reverse(), keep) : '',
  }));
}
