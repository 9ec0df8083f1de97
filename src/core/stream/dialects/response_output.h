// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/assembler.h"

#include <QHash>

#include <optional>
#include <vector>

namespace lavascope {

/// The output of the Responses protocol while it grows: items, their parts and their tool calls, found by id
/// or by place. Deltas add, snapshots replace; the transcript's one text is made of the parts in their order.
class ResponseOutput {
public:
    enum class Sort { Text, Refusal, Summary, Reasoning };

    /// How events name an item. Gateways leave out or rewrite the id, so the place serves as well.
    struct ItemKey {
        QString id;
        std::optional<qint64> place;
    };

    void append(const ItemKey& key, Sort sort, qint64 part, const QString& delta, Assembler& out);
    void replace(const ItemKey& key, Sort sort, qint64 part, const json::View& whole, Assembler& out);
    void appendArguments(const ItemKey& key, const QString& delta, Assembler& out);
    void replaceArguments(const ItemKey& key, const json::View& whole, const json::View& name,
                          Assembler& out);
    /// What a part of the text rests on.
    static void takeAnnotation(const json::View& annotation, Assembler& out);
    /// A part as it begins or as it ended.
    void takePart(const ItemKey& key, qint64 index, const json::View& part, Assembler& out);
    /// An item as it begins: a new id is a new item, even at a place that was taken.
    void beginItem(const ItemKey& key, const json::View& item, Assembler& out);
    /// An item as it ended.
    void takeItem(const ItemKey& key, const json::View& item, Assembler& out);
    /// A whole picture, in place of what has come for the same item; nothing if it is no string.
    void replacePicture(const ItemKey& key, const json::View& base64, const json::View& format,
                        Assembler& out);
    /// A piece of the sound of an item.
    void addSound(const ItemKey& key, const json::View& base64, Assembler& out);
    /// Makes the transcript's texts anew where parts were replaced or came in turns.
    void settle(Assembler& out);

private:
    struct Item {
        QString id;
        std::optional<size_t> toolCall;
        std::optional<size_t> picture;
        std::optional<size_t> sound;
    };
    struct Part {
        Sort sort;
        QString text;
    };
    struct PartKey {
        size_t item;
        Sort sort;
        qint64 index;
        friend bool operator==(const PartKey&, const PartKey&) = default;
        friend size_t qHash(const PartKey& key, size_t seed = 0) {
            return qHashMulti(seed, key.item, int(key.sort), key.index);
        }
    };

    [[nodiscard]] size_t itemFor(const ItemKey& key);
    [[nodiscard]] size_t partFor(const PartKey& key);
    [[nodiscard]] ToolCall& toolCallFor(const ItemKey& key, Assembler& out);
    void replaceText(const PartKey& key, const json::View& whole, Assembler& out);
    void replacePart(size_t item, qint64 index, const json::View& part, Assembler& out);
    void replaceParts(size_t item, const json::View& parts, Assembler& out);

    std::vector<Item> m_items;
    QHash<QString, size_t> m_itemById;
    QHash<qint64, size_t> m_itemByPlace;
    std::vector<Part> m_parts;
    QHash<PartKey, size_t> m_partByKey;
    bool m_needsSettling = false;
};

} // namespace lavascope
