#include "widgets/scene/surface_actor.h"

#include <vtkPolyData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkShaderProperty.h>

namespace modascope {
namespace {

constexpr const char* kGlass = R"(//VTK::Light::Impl
  float seen = fragOutput0.a;
  float turned = 1.0 - abs(normalVCVSOutput.z);
  fragOutput0.a = mix(seen * seen * seen * seen, seen, turned * sqrt(turned));
)";

vtkPolyDataMapper* mapperOf(vtkActor* actor) {
  return static_cast<vtkPolyDataMapper*>(actor->GetMapper());
}

}  // namespace

vtkSmartPointer<vtkActor> newSurfaceActor(double opacity) {
  auto mapper = vtkSmartPointer<vtkPolyDataMapper>::New();
  mapper->ScalarVisibilityOff();
  auto actor = vtkSmartPointer<vtkActor>::New();
  actor->SetMapper(mapper);
  actor->SetVisibility(false);
  actor->GetProperty()->BackfaceCullingOn();
  actor->GetProperty()->SetSpecularPower(30);
  setOpacity(actor, opacity);
  actor->GetShaderProperty()->AddFragmentShaderReplacement("//VTK::Light::Impl", true, kGlass,
                                                           false);
  return actor;
}

void setOpacity(vtkActor* actor, double opacity) {
  vtkProperty* property = actor->GetProperty();
  property->SetOpacity(opacity);
  property->SetAmbient(opacity < 1 ? 0.5 : 0.2);
  property->SetDiffuse(opacity < 1 ? 0.5 : 0.8);
  property->SetSpecular(opacity < 1 ? 0.0 : 0.15);
}

void setColour(vtkActor* actor, const QColor& colour) {
  actor->GetProperty()->SetColor(colour.redF(), colour.greenF(), colour.blueF());
}

void setSurface(vtkActor* actor, vtkPolyData* surface) {
  mapperOf(actor)->SetInputData(surface);
  actor->SetVisibility(surface != nullptr);
}

vtkPolyData* surfaceOf(vtkActor* actor) {
  return mapperOf(actor)->GetInput();
}

}  // namespace modascope
