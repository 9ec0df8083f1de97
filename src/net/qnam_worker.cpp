// SPDX-License-Identifier: MIT
#include "net/qnam_worker.h"

#include "net/routes.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslCertificate>

namespace lavascope {

namespace {

constexpr qsizetype connectionsPerHost = 6; // what QNetworkAccessManager opens at most

QString lineOf(const QUrl& url) {
    return QStringLiteral("%1://%2:%3").arg(url.scheme(), url.host()).arg(url.port());
}

} // namespace

QnamWorker::QnamWorker(QnamTransport::Settings settings)
    : m_settings(std::move(settings)) {}

QnamWorker::~QnamWorker() {
    m_lines.clear(); // nobody moves up any more
    // Before the manager, which owns their replies.
    qDeleteAll(findChildren<QnamCall*>(QString(), Qt::FindDirectChildrenOnly));
    delete m_manager;
}

void QnamWorker::adopt(QnamCall* call) {
    call->setParent(this);
    const QString line = lineOf(call->url());
    connect(call, &QnamCall::left, this, [this, call, line] {
        m_lines[line].running.removeOne(call);
        m_lines[line].waiting.removeOne(call);
        advance(line);
        if (m_lines.isEmpty())
            QMetaObject::invokeMethod(this, &QnamWorker::tidy, Qt::QueuedConnection);
    });
    m_lines[line].waiting.append(call);
    advance(line);
}

void QnamWorker::advance(const QString& host) {
    // Starting a call can end it there and then, which comes back to this line: so it is looked up each time.
    for (auto line = m_lines.find(host); line != m_lines.end(); line = m_lines.find(host)) {
        if (line->waiting.isEmpty() || line->running.size() >= connectionsPerHost) {
            for (qsizetype i = 0; i < line->waiting.size(); ++i)
                line->waiting.at(i)->setPlace(int(i + 1));
            if (line->running.isEmpty())
                m_lines.erase(line);
            return;
        }
        QnamCall* next = line->waiting.takeFirst();
        line->running.append(next);
        start(*next);
    }
}

void QnamWorker::start(QnamCall& call) {
    if (!m_manager) {
        m_manager = new QNetworkAccessManager(this);
        m_manager->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
        m_manager->setAutoDeleteReplies(false);
        m_routes = new Routes(m_settings.useSystemProxy ? Routes::Proxies::System : Routes::Proxies::Never);
        m_manager->setProxyFactory(m_routes);
    }
    if (call.url().scheme() == QLatin1String("https") && !loadCertificates()) {
        call.refuse(QStringLiteral("The file with further certificates holds none that can be read."));
        return;
    }
    call.setPlace(0);
    call.start(*m_manager, m_tls, m_routes->find(call.url()));
}

/// Closes what a peer keeps open though it was asked to close, so that no later call meets a connection that
/// may be dying; and leaves behind a thread of Qt's that a broken peer keeps busy.
void QnamWorker::tidy() {
    // Qt's thread waits for a reply's answer now and then, and this waits for that thread: so only when there
    // is neither call nor reply.
    if (m_manager && m_lines.isEmpty() && !m_manager->findChild<QNetworkReply*>())
        m_manager->clearConnectionCache();
}

bool QnamWorker::loadCertificates() {
    if (m_certificates == Certificates::NotLoaded) {
        m_tls = QSslConfiguration::defaultConfiguration();
        const bool isWanted = !m_settings.extraCaFile.isEmpty();
        m_certificates = !isWanted || m_tls.addCaCertificates(m_settings.extraCaFile)
                             ? Certificates::Loaded
                             : Certificates::Unreadable;
    }
    return m_certificates == Certificates::Loaded;
}

} // namespace lavascope
