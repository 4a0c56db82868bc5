// node typst.cjs MODULE WORKSPACE OUT: brief.typ in the folder WORKSPACE to the PDF OUT; fonts are in WORKSPACE/fonts.
const [, , module_path, workspace, out] = process.argv;
const { NodeCompiler } = require(module_path);
const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: [workspace + '/noto'] }] });
const made = compiler.compile({ mainFilePath: workspace + '/brief.typ' });
if (made.hasError()) {
  made.printErrors();
  process.exit(1);
}
require('fs').writeFileSync(out, compiler.pdf(made.result, {}));
