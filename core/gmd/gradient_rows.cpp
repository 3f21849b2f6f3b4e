#include "core/gmd/gradient_rows.h"

#include <algorithm>

#include <ATen/ATen.h>

#include "core/gmd/matrix_tensor.h"

namespace modascope {
namespace {

/// Whether the losses of all subsets reach this block.
bool reachedByAll(const ParameterBlock& block, const std::vector<ModalitySet>& subsets) {
  return std::all_of(subsets.begin(), subsets.end(),
                     [&](ModalitySet set) { return block.isReachedBy(set); });
}

/// Neighbouring blocks that are all reached by every loss, or all not: few long pieces.
struct Piece {
  std::int64_t offset;
  std::int64_t size;
  bool reached;
};

std::vector<Piece> piecesOf(const ParameterLayout& layout,
                            const std::vector<ModalitySet>& subsets) {
  std::vector<Piece> pieces;
  for (const ParameterBlock& block : layout.blocks()) {
    const bool reached = reachedByAll(block, subsets);
    if (!pieces.empty() && pieces.back().reached == reached)
      pieces.back().size += block.size;
    else
      pieces.push_back({block.offset, block.size, reached});
  }
  return pieces;
}

/// rows · rowsᵀ; of many rows only what lies on and below the diagonal is multiplied.
torch::Tensor timesItself(const torch::Tensor& rows) {
  constexpr std::int64_t kTogether = 48;
  const std::int64_t count = rows.size(0);
  if (count <= 2 * kTogether) return at::matmul(rows, rows.t());
  auto lower = torch::zeros({count, count}, rows.options());
  for (std::int64_t first = 0; first < count; first += kTogether) {
    const std::int64_t end = std::min(first + kTogether, count);
    lower.narrow(0, first, end - first)
        .narrow(1, 0, end)
        .copy_(at::matmul(rows.narrow(0, first, end - first), rows.narrow(0, 0, end).t()));
  }
  return lower.tril() + lower.tril(-1).t();
}

torch::Tensor rowGram(const GradientRows& gradients, const ParameterLayout& layout,
                      ConflictOver over) {
  if (over == ConflictOver::All) return timesItself(gradients.rows);
  auto sum =
      torch::zeros({gradients.rows.size(0), gradients.rows.size(0)}, gradients.rows.options());
  for (const Piece& piece : piecesOf(layout, gradients.subsets)) {
    if (!piece.reached) continue;
    const auto part = gradients.rows.narrow(1, piece.offset, piece.size);
    sum.addmm_(part, part.t());
  }
  return sum;
}

}  // namespace

Matrix gram(const GradientRows& gradients, const ParameterLayout& layout, ConflictOver over) {
  const Matrix pairs = asMatrix(rowGram(gradients, layout, over));
  return gradients.mix * pairs * transposed(gradients.mix);
}

torch::Tensor mergeRows(const GradientRows& gradients, const Matrix& coefficients,
                        const ParameterLayout& layout, Merge merge) {
  const auto s = coefficients.rows();
  const Matrix summed = Matrix(1, s, 1.0) * coefficients * gradients.mix;  // [1, E]
  const auto weights = asTensor(summed, gradients.rows.options());
  auto merged = at::matmul(weights, gradients.rows)[0];
  if (merge == Merge::Sum) return merged;
  for (const Piece& piece : piecesOf(layout, gradients.subsets))
    if (piece.reached) merged.narrow(0, piece.offset, piece.size).div_(static_cast<double>(s));
  return merged;
}

}  // namespace modascope
