"""The shapes of the states, drawn as one set: each stands beside its word, and tells the state without colour."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from ui.look import State


def draw_shape(painter: QPainter, state: State, box: QRectF, colour: QColor) -> None:
    """The shape of a state: tick in a circle, triangle, octagon, i in a circle, ring."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    centre, radius = box.center(), box.width() / 2
    cut = QPen(painter.background().color(), max(1.5, box.width() / 8))
    cut.setCapStyle(Qt.PenCapStyle.RoundCap)
    if state is State.LATE:
        painter.drawPolygon(QPolygonF([QPointF(centre.x(), box.top()), box.bottomRight(), box.bottomLeft()]))
        painter.setPen(cut)
        painter.drawLine(QPointF(centre.x(), box.top() + radius * 0.8), QPointF(centre.x(), box.top() + radius * 1.3))
        painter.drawPoint(QPointF(centre.x(), box.top() + radius * 1.7))
    elif state is State.STOP:
        corners = [math.pi / 8 + number * math.pi / 4 for number in range(8)]
        painter.drawPolygon(QPolygonF([centre + QPointF(math.cos(a), math.sin(a)) * radius for a in corners]))
        painter.setPen(cut)
        painter.drawLine(QPointF(centre.x(), centre.y() - radius * 0.5), QPointF(centre.x(), centre.y() + radius * 0.1))
        painter.drawPoint(QPointF(centre.x(), centre.y() + radius * 0.5))
    elif state is State.GOOD:
        painter.drawEllipse(box)
        painter.setPen(cut)
        painter.drawPolyline(
            QPolygonF([centre + QPointF(x, y) * radius for x, y in ((-0.45, 0.05), (-0.1, 0.4), (0.45, -0.35))])
        )
    elif state is State.INFO:
        painter.drawEllipse(box)
        painter.setPen(cut)
        painter.drawLine(
            QPointF(centre.x(), centre.y() - radius * 0.05), QPointF(centre.x(), centre.y() + radius * 0.5)
        )
        painter.drawPoint(QPointF(centre.x(), centre.y() - radius * 0.5))
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, max(1.5, box.width() / 8)))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
    painter.restore()
