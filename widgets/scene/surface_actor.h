#pragma once

#include <QColor>

#include <vtkActor.h>
#include <vtkSmartPointer.h>

class vtkPolyData;

namespace modascope {

/// One surface in the scene. Below opacity 1 it looks like glass: seen best where it turns away
/// from the viewer, so that outer regions have a clear outline and leave the colours of inner ones
/// alone. Only its outer side is drawn, so translucent surfaces that are drawn from the innermost
/// to the outermost need no sorting.
vtkSmartPointer<vtkActor> newSurfaceActor(double opacity);

/// With what goes with it: glass below 1, else solid and a little shiny.
void setOpacity(vtkActor* actor, double opacity);
void setColour(vtkActor* actor, const QColor& colour);
/// Nothing: hidden.
void setSurface(vtkActor* actor, vtkPolyData* surface);
vtkPolyData* surfaceOf(vtkActor* actor);

}  // namespace modascope
