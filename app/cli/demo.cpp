#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/work/demonstrating/make_demo.h"
#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/demo/demo_html.h"
#include "core/files/atomic_file.h"
#include "core/files/memory_need.h"
#include "core/files/paths.h"
#include "core/system/terminal.h"

namespace modascope {
namespace {

struct Request {
  std::filesystem::path folder;
  std::vector<std::filesystem::path> runs;
  std::string checkpoint = "last";
  std::string title;
  bool asIs = false;
  bool withNetworks = false;
  std::filesystem::path out;
  std::string file;  ///< opened by the window, which looks at its words itself
  bool kiosk = false;
  bool html = false;
  bool json = false;
};

void requireNewFile(const Request& request) {
  const std::string ending = request.html ? ".html" : kDemoSuffix;
  const auto& file = request.out;
  if (file.empty()) throw Error("--out must name the file to make.");
  if (!file.string().ends_with(ending))
    throw Error("--out is " + file.string() + "; it must end in " + ending + ".");
  if (isThere(file))
    throw Error(file.string() + " is there already; nothing is overwritten. Name another file.");
}

/// On a terminal, a line that counts.
void tell(int done, int total) {
  std::fprintf(stderr, "\ranswer %d of %d%s", done, total, done == total ? "\n" : "");
}

DemoRequest demoOf(const Request& request) {
  DemoRequest demo(openCase(request.folder), volumeProblemAt(request.folder));
  demo.runs = request.runs;
  demo.checkpoint = request.checkpoint;
  demo.title = request.title;
  demo.asIs = request.asIs;
  demo.withNetworks = request.withNetworks;
  demo.html = request.html;
  return demo;
}

/// Of a case and runs, or of a demonstration that was made.
std::string bytesOf(const Request& request) {
  if (request.folder.empty()) return demoHtml(readDemoFile(request.file));
  const bool watched = isTerminal(Stream::Error);
  const auto bytes =
      makeDemo(demoOf(request), Interrupt::token(), watched ? DemoProgress(tell) : nullptr);
  if (!bytes) throw Error("The demonstration was stopped; nothing was written.", Fault::System);
  return *bytes;
}

void make(const Request& request) {
  if (request.folder.empty() && !(request.html && !request.file.empty()))
    throw Error(
        "Name what to make: --make CASE --run RUN --out FILE, or FILE --html --out PAGE. With no "
        "more than a FILE and --kiosk the demonstration is shown, where the program has a window.");
  requireNewFile(request);
  const std::string bytes = bytesOf(request);
  writeAtomically(request.out, bytes);
  if (request.json) {
    const nlohmann::ordered_json line{{"out", textOf(request.out)}, {"bytes", bytes.size()}};
    std::printf("%s\n", jsonText(line).c_str());
  } else {
    std::printf("%s, %s. For research use only.\n", request.out.c_str(),
                sizeInWords(bytes.size()).c_str());
  }
}

}  // namespace

void addDemo(CLI::App& app) {
  auto request = std::make_shared<Request>();
  CLI::App* command =
      app.add_subcommand("demo", "Show what each scan is worth, or make such a demonstration");
  command->add_option("FILE", request->file, "Demonstration to show instead of the embedded one");
  command->add_flag(
      "--kiosk", request->kiosk,
      "Full screen; back to the beginning after two idle minutes, Esc twice to leave");
  command->add_option("--make", request->folder, "Folder of the case to make one of");
  command->add_option("--run", request->runs, "Trained run; a second one to compare it with")
      ->expected(1, 2);
  command->add_option("--out", request->out, "File to make, .demo or .html");
  command->add_option("--checkpoint", request->checkpoint, "last, best or snapshot-…")
      ->capture_default_str();
  command->add_option("--title", request->title, "What it says at its top");
  command->add_flag("--as-is", request->asIs, "Keep intensities as they are, not as 8 bits");
  command->add_flag("--with-networks", request->withNetworks,
                    "The networks' weights go along, as 16-bit numbers");
  command->add_flag("--html", request->html,
                    "Make one page for a browser, of a case or of FILE, that needs nothing else");
  command->add_flag("--json", request->json, "One line of JSON");
  command->callback([request] { make(*request); });
}

}  // namespace modascope
