// SPDX-License-Identifier: MIT
#include "store/spill_file.h"

#include <QDir>
#include <QFileInfo>
#include <QStorageInfo>
#include <QTemporaryFile>

#include <algorithm>
#include <utility>

#ifdef Q_OS_UNIX
#include <sys/mman.h>
#endif

namespace lavascope {

namespace {

constexpr qsizetype alignment = 16;
constexpr int turnsUntilAll = 16;

tl::unexpected<Error> failed(const QString& why) {
    return fail(QStringLiteral("spill_failed"),
                QStringLiteral("The folder for temporary files cannot take more: %1.").arg(why),
                QStringLiteral("Make room there, or set TMPDIR to a folder that has some."));
}

/// Without this, every page that was ever looked at would count as the program's.
void forgetPages(void* memory, qint64 size) {
#ifdef Q_OS_UNIX
    madvise(memory, size_t(size), MADV_DONTNEED);
#else
    Q_UNUSED(memory) // Windows takes pages of a mapped file back by itself.
    Q_UNUSED(size)
#endif
}

} // namespace

struct SpillFile::Part {
    QTemporaryFile file;
    uchar* memory = nullptr; ///< belongs to the file
    qint64 size = 0;
    qint64 used = 0;

    explicit Part(const QString& folder)
        : file(folder + QStringLiteral("/lavascope-XXXXXX")) {}
    [[nodiscard]] Result<void> open(qint64 bytes);
    [[nodiscard]] Result<char*> write(QByteArrayView bytes);
};

Result<void> SpillFile::Part::open(qint64 bytes) {
    if (!file.open())
        return failed(file.errorString());
#ifdef Q_OS_UNIX
    file.setAutoRemove(false);
    // Where the system can make files without a name, this gives it one for the moment.
    const QString name = file.fileName();
    if (!name.isEmpty() && !QFile::remove(name))
        return failed(QStringLiteral("a file there cannot be removed"));
#endif
    // The room is taken up only as far as it is written.
    if (!file.resize(bytes))
        return failed(file.errorString());
    memory = file.map(0, bytes);
    if (!memory)
        return failed(file.errorString());
    size = bytes;
    return {};
}

/// By way of the file and not of the memory: a full disk is then an error and not a signal that ends the
/// program.
Result<char*> SpillFile::Part::write(QByteArrayView bytes) {
    const bool isWritten =
        file.seek(used) && file.write(bytes.data(), bytes.size()) == bytes.size() && file.flush();
    if (!isWritten)
        return failed(file.errorString());
    char* const begin = reinterpret_cast<char*>(memory) + used;
    used += bytes.size();
    return begin;
}

SpillFile::SpillFile(Place place)
    : m_place(std::move(place)) {}

SpillFile::~SpillFile() = default;

Result<QByteArrayView> SpillFile::add(QByteArrayView bytes) {
    return partFor(bytes.size())
        .and_then([&](Part* part) { return part->write(bytes); })
        .map([&](const char* begin) { return QByteArrayView(begin, bytes.size()); });
}

Result<char*> SpillFile::addZeros(qsizetype count) {
    const Result<Part*> part = partFor(count + alignment);
    if (!part)
        return tl::unexpected(part.error());
    (*part)->used = ((*part)->used + alignment - 1) / alignment * alignment;
    return (*part)->write(QByteArray(count, '\0'));
}

Result<SpillFile::Part*> SpillFile::partFor(qsizetype bytes) {
    m_hasGrown = true;
    if (!m_parts.empty() && m_parts.back()->size - m_parts.back()->used >= bytes)
        return m_parts.back().get();
    const QString folder = m_place.folder.isEmpty() ? spillFolder() : m_place.folder;
    const qint64 size = std::max<qint64>(m_place.fileBytes, bytes);
    // The last bytes of a disk are worth more to others.
    if (QStorageInfo(folder).bytesAvailable() < 2 * size)
        return failed(QStringLiteral("too little is free"));
    auto part = std::make_unique<Part>(folder);
    if (const Result<void> opened = part->open(size); !opened)
        return tl::unexpected(opened.error());
    m_parts.push_back(std::move(part));
    return m_parts.back().get();
}

void SpillFile::letGo() {
    // While it grows, what is looked at is most often near the end; else it may be anywhere.
    const bool hasGrown = std::exchange(m_hasGrown, false);
    const bool all = !hasGrown || ++m_turn % turnsUntilAll == 0;
    const size_t first = all || m_parts.size() < 2 ? 0 : m_parts.size() - 2;
    for (size_t i = first; i < m_parts.size(); ++i)
        forgetPages(m_parts[i]->memory, m_parts[i]->size);
}

QString spillFolder() {
    QString usual = QDir::tempPath();
#ifdef Q_OS_LINUX
    QString forLarge = QStringLiteral("/var/tmp");
    const bool isChosen = qEnvironmentVariableIsSet("TMPDIR");
    if (!isChosen && QStorageInfo(usual).fileSystemType() == "tmpfs" && QFileInfo(forLarge).isWritable())
        return forLarge;
#endif
    return usual;
}

} // namespace lavascope
