#include "widgets/bridge/class_palette.h"

#include <QRgb>
#include <array>

namespace modascope {
namespace {

/// After the first seven each is the one farthest from all before it, in L*a*b* as everybody and
/// as a deuteranope sees it, of those that are neither dark, nor pale, nor grey.
constexpr std::array<QRgb, kClassColours> kColours{
    0xffe69f00, 0xff56b4e9, 0xff009e73, 0xfff0e442, 0xff0072b2, 0xffd55e00, 0xffcc79a7, 0xff0000ff,
    0xff5a4b0f, 0xff3c69ff, 0xfff0e1b4, 0xff00ffff, 0xffff1e5a, 0xff69f069, 0xff0f5a5a, 0xffe10fff,
    0xffc32da5, 0xff7800b4, 0xff783c3c, 0xffffc3d2, 0xff5a7800, 0xff96c396, 0xff0f2de1, 0xff693c78,
    0xff3cc3d2, 0xff87d278, 0xffb43c4b, 0xffd2964b, 0xffb40f69, 0xff7887e1, 0xff1ef03c, 0xff785ad2,
    0xff1e4b96, 0xfff0a5ff, 0xff2dd2b4, 0xff1e78f0, 0xffb45ac3, 0xffd2f096, 0xff969669, 0xff2d872d};

}  // namespace

QColor classColour(std::size_t which) {
  return QColor::fromRgb(kColours[(which + kClassColours - 1) % kClassColours]);
}

}  // namespace modascope
