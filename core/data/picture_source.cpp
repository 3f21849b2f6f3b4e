#include "core/data/picture_source.h"

#include <algorithm>
#include <cmath>

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/base/seed.h"
#include "core/imagefolder/image_standardisation.h"

namespace modascope {
namespace {

using torch::Tensor;

ImageStandardisation standardisation(const std::vector<Moments>& moments) {
  std::vector<std::vector<float>> means, deviations;
  for (const Moments& one : moments) {
    means.push_back(one.mean);
    deviations.push_back(one.deviation);
  }
  return {std::move(means), std::move(deviations)};
}

/// [K, H, W], 1 where the class is; 0 everywhere where nobody knows.
Tensor truthOf(const ImageSample& picture, std::size_t classes) {
  const auto h = static_cast<std::int64_t>(picture.height);
  const auto w = static_cast<std::int64_t>(picture.width);
  Tensor y = torch::zeros({static_cast<std::int64_t>(classes), h, w});
  float* to = y.data_ptr<float>();
  for (std::size_t i = 0; i < picture.labels.size(); ++i)
    if (picture.labels[i] < classes) to[picture.labels[i] * picture.labels.size() + i] = 1;
  return y;
}

Sample sampleOf(ImageSample picture, std::size_t classes, const std::vector<Moments>& moments) {
  standardisation(moments).apply(picture);
  const auto h = static_cast<std::int64_t>(picture.height);
  const auto w = static_cast<std::int64_t>(picture.width);
  std::vector<Tensor> channels;
  for (std::vector<float>& values : picture.modalities)
    channels.push_back(torch::tensor(values).view({-1, h, w}));
  return {picture.id, at::cat(channels), truthOf(picture, classes),
          ModalitySet::fromBits(picture.available)};
}

/// At least so large, filled up with zeros at the right and below.
Tensor filledUp(const Tensor& t, std::int64_t height, std::int64_t width) {
  const std::int64_t below = std::max<std::int64_t>(height - t.size(1), 0);
  const std::int64_t right = std::max<std::int64_t>(width - t.size(2), 0);
  return below + right > 0 ? at::constant_pad_nd(t, {0, right, 0, below}) : t;
}

std::int64_t roundedUp(std::int64_t size) {
  return (size + PictureSource::kGrain - 1) / PictureSource::kGrain * PictureSource::kGrain;
}

std::size_t bytesOf(const ImageSample& picture) {
  std::size_t bytes = picture.labels.size();
  for (const auto& values : picture.modalities) bytes += values.size() * sizeof(float);
  return bytes;
}

}  // namespace

PictureSource::PictureSource(ImageFolderInfo info) : info_(std::move(info)) {}

std::shared_ptr<const ImageSample> PictureSource::picture(const std::string& id) const {
  {
    const std::scoped_lock lock(mutex_);
    if (const auto found = kept_.find(id); found != kept_.end()) return found->second;
  }
  const auto picture = std::make_shared<const ImageSample>(readImages(info_, id));
  const std::scoped_lock lock(mutex_);
  if (bytes_ + bytesOf(*picture) <= kMostBytes && kept_.emplace(id, picture).second)
    bytes_ += bytesOf(*picture);
  return picture;
}

DataFit PictureSource::fit(const std::vector<CaseInfo>& cases,
                           const FitOptions& /*options*/) const {
  ImageMoments gathered(info_.problem);
  for (const CaseInfo& info : cases) gathered.add(*picture(info.id));
  const ImageStandardisation fitted = gathered.standardisation();
  DataFit fit;
  for (const ModalityId id : info_.problem.schema.ids())
    fit.moments.push_back({fitted.means(id), fitted.deviations(id)});
  return fit;
}

Sample PictureSource::get(const CaseInfo& info, const std::vector<Moments>& moments) const {
  Sample sample = sampleOf(*picture(info.id), info_.problem.outputs.size(), moments);
  const std::int64_t height = roundedUp(sample.x.size(1)), width = roundedUp(sample.x.size(2));
  sample.x = filledUp(sample.x, height, width);
  sample.y = filledUp(sample.y, height, width);
  return sample;
}

void PictureSource::examine(const CaseInfo& info) const {
  const auto read = picture(info.id);
  for (std::size_t m = 0; m < read->modalities.size(); ++m) {
    const std::vector<float>& values = read->modalities[m];
    const auto odd = std::count_if(values.begin(), values.end(),
                                   [](float value) { return !std::isfinite(value); });
    // Holes of a sensor count as the mean; a picture of nothing else says nothing.
    if (odd == 0 || static_cast<std::size_t>(odd) < values.size()) continue;
    throw Error(inQuotes(info.modalities.at(m).file) + " holds " + std::to_string(odd) +
                (odd == 1 ? " value that is" : " values that are") + " NaN or infinite.");
  }
}

bool PictureSource::isKept(const CaseInfo& info) const {
  const std::scoped_lock lock(mutex_);
  return kept_.contains(info.id);
}

Sample PictureSource::draw(const CaseInfo& info, const std::vector<Moments>& moments,
                           const SampleCut& cut, std::mt19937_64& rng) const {
  Sample sample = sampleOf(*picture(info.id), info_.problem.outputs.size(), moments);
  const auto place = [&](std::int64_t size) {
    const auto room = static_cast<std::uint64_t>(std::max<std::int64_t>(size - cut.side, 0) + 1);
    return static_cast<std::int64_t>(below(rng, room));
  };
  const std::int64_t top = place(sample.x.size(1)), left = place(sample.x.size(2));
  const bool mirrored = uniform(rng) < cut.flip;
  for (Tensor* part : {&sample.x, &sample.y}) {
    const Tensor whole = filledUp(*part, cut.side, cut.side);
    const Tensor square = whole.narrow(1, top, cut.side).narrow(2, left, cut.side);
    *part = mirrored ? square.flip(2) : square.contiguous();
  }
  return sample;
}

const PictureSource& picturesOf(const CaseSource& source) {
  const auto* pictures = dynamic_cast<const PictureSource*>(&source);
  if (pictures == nullptr) throw Error("The data are no pictures.");
  return *pictures;
}

}  // namespace modascope
