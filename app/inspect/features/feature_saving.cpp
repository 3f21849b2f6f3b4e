#include "app/inspect/features/feature_saving.h"

#include "app/inspect/features/features_view.h"
#include "app/inspect/saving/prediction_source.h"
#include "widgets/samples/sample_view.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

constexpr int kFine = 3;  // dots each way a pixel

Export tableExport(const FeaturesView& view, const QString& words, const QString& name,
                   Write (*writeOf)(const FeaturesView&)) {
  return {Export::Kind::Data,
          words,
          name,
          FeaturesView::tr("Tables (*.csv)"),
          [&view, writeOf](Caption) { return writeOf(view); },
          [&view] { return view.sampleAnswer() != nullptr; }};
}

std::vector<Export> exportsOf(const FeaturesView& view, const InspectPage& page) {
  return {figureExport(FeaturesView::tr("Sample as a picture…"), FeaturesView::tr("Sample.png"),
                       [&view, &page](const fs::path& file, Caption caption) {
                         saveSampleView(file, view, page, caption);
                       }),
          tableExport(view, FeaturesView::tr("Outputs from every subset…"),
                      FeaturesView::tr("Outputs.csv"), &writeOfOutputs),
          tableExport(view, FeaturesView::tr("Contributions of the modalities…"),
                      FeaturesView::tr("Contributions.csv"), &writeOfContributions)};
}

}  // namespace

std::vector<Export> FeaturesView::exports() {
  return exportsOf(*this, page());
}

void saveSampleView(const fs::path& file, const FeaturesView& view, const InspectPage& page,
                    Caption caption) {
  SampleView& shown = view.sampleView();
  savePicture(file, page, {shown.size(), kFine, caption}, [&] {
    QImage image(shown.size() * kFine, QImage::Format_RGB32);
    image.setDevicePixelRatio(kFine);
    image.fill(shown.palette().color(QPalette::Window));
    shown.render(&image);
    return image;
  });
}

Write writeOfOutputs(const FeaturesView& view) {
  const auto answer = view.sampleAnswer();
  if (!answer) return nothingPredicted();
  return [source = sourceOf(view, answer->corruption), answer,
          sample = view.sample()](const fs::path& file) {
    writeOutputs(file, answer->outputs, sample->look.truth, source);
  };
}

Write writeOfContributions(const FeaturesView& view) {
  const auto answer = view.sampleAnswer();
  if (!answer) return nothingPredicted();
  return [source = sourceOf(view, answer->corruption), answer](const fs::path& file) {
    writeContributions(file, answer->outputs, answer->contributions, source);
  };
}

}  // namespace modascope
