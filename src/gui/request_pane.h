// SPDX-License-Identifier: MIT
#pragma once

#include "core/request/request_draft.h"

#include <QWidget>

#include <memory>

namespace Ui {
class RequestPane;
}

namespace lavascope {

class RepeatOptions;
class ScreenShare;
class Workbench;
struct Endpoint;
struct Provider;

/// The composer: which provider, which endpoint, which model, what body and headers; and exactly what will be
/// sent.
class RequestPane : public QWidget {
    Q_OBJECT

public:
    RequestPane(Workbench& workbench, ScreenShare& share, QWidget* parent = nullptr);
    ~RequestPane() override;

    /// Method, provider URL, headers and body; gateway and token are somebody else's. Errors of
    /// parseHeaderLine().
    [[nodiscard]] Result<RequestDraft> draft() const;
    /// Shows what will really be sent for the whole draft, and what looks wrong about it.
    void showSentAs(const RequestDraft& whole);

    /// What is to be done if this request fails.
    [[nodiscard]] RepeatOptions& repeatOptions() const { return *m_repeat; }

    void chooseProvider(const QString& id);
    void useExample();
    void setBody(const QByteArray& body);
    /// Sees to one remark on the request, see mended(); false if that is not possible.
    bool mend(const QString& code);
    void focusUrl();
    void focusHeaders();
    void focusBody();

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] const Provider* provider() const;
    [[nodiscard]] const Endpoint* endpoint() const;
    void fillEndpoints();
    void fillModels();
    void followPickers();
    void followModel();
    void setStream(bool stream);
    void followBody();
    [[nodiscard]] QByteArray example() const;
    [[nodiscard]] Result<Headers> typedHeaders() const;

    Workbench& m_workbench;
    ScreenShare& m_share;
    std::unique_ptr<Ui::RequestPane> m_ui;
    RepeatOptions* m_repeat;
    QByteArray m_lastExample;
    QString m_lastHeaders;
    bool m_filling = false;
};

} // namespace lavascope
