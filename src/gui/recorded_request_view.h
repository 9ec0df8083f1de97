// SPDX-License-Identifier: MIT
#pragma once

#include "core/request/http_request.h"

#include <QWidget>

#include <optional>

class QLineEdit;
class QTableView;

namespace lavascope {

class HeaderTableModel;
class LogText;
class RedactedRecording;
class ScreenShare;

/// The request of a recording, to be read: it stands where the user's own request stands, which is not
/// touched.
class RecordedRequestView : public QWidget {
    Q_OBJECT

public:
    explicit RecordedRequestView(const ScreenShare& share, QWidget* parent = nullptr);

    void showRequest(const RedactedRecording& recording);

Q_SIGNALS:
    void ownRequestWanted();

private:
    QWidget* buildHead();
    void draw();

    const ScreenShare& m_share;
    HttpRequest m_request; ///< masked
    QLineEdit* m_line;
    HeaderTableModel* m_model;
    QTableView* m_headers;
    LogText* m_body;
};

} // namespace lavascope
