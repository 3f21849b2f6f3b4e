#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"
#include "core/base/error.h"
#include "core/files/atomic_file.h"
#include "core/files/paths.h"
#include "core/runs/csv.h"
#include "core/runs/run_store.h"

namespace modascope {
namespace {

struct Request {
  std::filesystem::path run;
  std::filesystem::path out;
  bool validation = false;
};

void exportCsv(const Request& request) {
  const RunFolder run = RunFolder::open(request.run);
  if (isThere(request.out))
    throw Error(inQuotes(request.out) +
                " is there already; nothing is overwritten. Name another file.");
  if (request.validation) {
    const auto validations = run.validations();
    writeAtomically(request.out, [&](std::ostream& out) { writeValidationsCsv(out, validations); });
    std::printf("%s: %zu validations\n", request.out.c_str(), validations.size());
    return;
  }
  const auto steps = run.steps();
  const ModalitySchema schema = run.manifest().problem.schema;
  writeAtomically(request.out, [&](std::ostream& out) { writeStepsCsv(out, steps, schema); });
  std::printf("%s: %zu steps\n", request.out.c_str(), steps.size());
}

}  // namespace

void addExport(CLI::App& app) {
  auto request = std::make_shared<Request>();
  CLI::App* command = app.add_subcommand("export", "Write what a run recorded as a table, CSV");
  command->add_option("--run", request->run, "Folder of the run")->required();
  command->add_option("--out", request->out, "File to write")->required();
  command->add_flag("--validation", request->validation, "The validations instead of the steps");
  command->callback([request] { exportCsv(*request); });
}

}  // namespace modascope
