#include <algorithm>
#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/progress.h"
#include "app/cli/score_cell.h"
#include "app/work/adapting/adaptation.h"
#include "app/work/adapting/adaptation_report.h"
#include "core/base/error.h"
#include "core/networks/adapter_facts.h"
#include "core/problem/task_facts.h"

namespace modascope {
namespace {

struct Request {
  AdaptationRequest adaptation;
  bool json = false;
};

/// Where no split was scored.
void printLearnt(const AdaptationReport& report) {
  std::printf("%s, not scored\n%-32s%10s\n", report.method.c_str(), "modalities", "learnt");
  for (std::size_t i = 0; i < report.adapted.size(); ++i)
    std::printf("%-32s%10lld\n", labelOf(report.scores.schema, report.adapted[i]).c_str(),
                static_cast<long long>(report.learnt[i]));
  std::printf("An adapter is at most %.2f %% of the network's %lld parameters.\n",
              report.learntPercent, static_cast<long long>(report.baseParameters));
}

void print(const AdaptationReport& report) {
  if (report.scores.rows.empty()) return printLearnt(report);
  const SubsetTable& scores = report.scores;
  std::printf("%s of the %s split, %s\n%-32s%10s%10s%10s%10s\n",
              mainScoreName(scores.task, scores.columns).c_str(), report.split.c_str(),
              report.method.c_str(), "modalities", "frozen", "adapted", "learnt",
              factsOf(scores.task).casesWord);
  const auto main = [&](const SubsetTable& table, std::size_t i) {
    return meanMain(table, {table.rows[i].set});
  };
  for (std::size_t i = 0; i < scores.rows.size(); ++i) {
    const ModalitySet set = scores.rows[i].set;
    const auto at = std::find(report.adapted.begin(), report.adapted.end(), set);
    std::printf("%-32s%s%s", labelOf(scores.schema, set).c_str(),
                scoreCell(main(report.frozen, i), 10).c_str(),
                scoreCell(main(scores, i), 10).c_str());
    if (at == report.adapted.end())
      std::printf("%10s", "-");
    else
      std::printf("%10lld", static_cast<long long>(report.learnt[at - report.adapted.begin()]));
    std::printf("%10d\n", scores.rows[i].cases);
  }
  std::printf("%-32s%s%s\n", "mean of the adapted",
              scoreCell(meanMain(report.frozen, report.adapted), 10).c_str(),
              scoreCell(meanMain(scores, report.adapted), 10).c_str());
  std::printf("An adapter is at most %.2f %% of the network's %lld parameters. %s\n",
              report.learntPercent, static_cast<long long>(report.baseParameters), scores.rule());
}

void adapt(const Request& request) {
  AdaptationProgress progress;
  TrainingControl control;
  control.observer = &progress;
  control.stop = Interrupt::token();
  const TrainingOutcome outcome = adaptRun(request.adaptation, control);
  if (outcome.run.empty())
    throw Error("The adaptation was stopped while the data were looked at; nothing was written.",
                Fault::System);
  if (outcome.state != RunState::Finished)
    throw Error("The adaptation was stopped; what was learnt so far is in " +
                    inQuotes(request.adaptation.out) + ", and the same command goes on with it.",
                Fault::System);
  const AdaptationReport report = readAdaptation(outcome.run);
  if (request.json)
    std::printf("%s\n", adaptationJson(report).c_str());
  else
    print(report);
}

}  // namespace

void addAdapt(CLI::App& app) {
  auto request = std::make_shared<Request>();
  AdaptationRequest& wanted = request->adaptation;
  CLI::App* command =
      app.add_subcommand("adapt", "Adapt a trained network to missing modalities, frozen as it is");
  command->add_option("--run", wanted.run, "Run of the network")->required();
  command->add_option("--data", wanted.data, "Folder of cases or pictures, or a file of features")
      ->required();
  command->add_option("--method", wanted.method, wordsOnAdapters());
  command->add_option("--subsets", wanted.subsets,
                      "all, singletons, pairs, leave-one-out, or some such as t1+t2,flair");
  command->add_option("--out", wanted.out, "Folder to make: a run of its own")->required();
  command->add_option("--checkpoint", wanted.checkpoint, "last or best");
  command->add_option("--rank", wanted.rank, "Of lora")->check(CLI::Range(1, 256));
  command->add_option("--steps", wanted.steps, "For each subset")->check(CLI::Range(1, 10'000'000));
  command->add_option("--lr", wanted.learningRate, "Learning rate")->check(CLI::Range(1e-7, 1.0));
  command->add_option("--seed", wanted.seed, "Of batches and of what starts at random");
  command->add_option("--split", wanted.split,
                      "Cases to score at the end: valid unless said otherwise, test only if\n"
                      "asked for, or none");
  command->add_flag("--json", request->json, "One line of JSON");
  command->callback([request] { adapt(*request); });
}

}  // namespace modascope
