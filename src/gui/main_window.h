// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"
#include "gui/library_pane.h"

#include <QMainWindow>

#include <memory>

class QSplitter;
class QStackedWidget;

namespace lavascope {

class AnswerSaver;
class CreditLookUp;
class DecodePane;
class ReplayDesk;
class RequestPane;
class Run;
class SandboxPane;
class ScreenShare;
class SendBar;
class StreamPane;
class TokenPane;
class Workbench;
struct Remedy;
struct RequestDraft;

/// Arranges the panes and hands their wishes on; decides nothing itself.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(Workbench& workbench);
    ~MainWindow() override;

    /// Opens and plays a recording, or the body of an answer.
    void openFile(const QString& path);

private:
    void buildPages();
    void connectPanes();
    void buildMenus();
    void applySettings();
    void startFresh();
    void showPage(LibraryPane::Page page);
    void refreshRequest();
    [[nodiscard]] Result<RequestDraft> draft() const;
    void send();
    void sendAgain();
    void watch(std::unique_ptr<Run> run);
    void stop();
    void attendTo(const Remedy& remedy);
    void lookUpCredit();
    void say(const QString& text);

    Workbench& m_workbench;
    ScreenShare* m_share;
    AnswerSaver* m_saver;
    ReplayDesk* m_replay;
    SendBar* m_sendBar;
    LibraryPane* m_library;
    QStackedWidget* m_pages;
    QSplitter* m_columns;
    TokenPane* m_token;
    RequestPane* m_request;
    StreamPane* m_stream;
    DecodePane* m_decode;
    SandboxPane* m_sandbox;
    CreditLookUp* m_lookUp;
    std::unique_ptr<RequestDraft> m_sent; ///< what the latest call was made of
    std::unique_ptr<Run> m_run;
};

} // namespace lavascope
