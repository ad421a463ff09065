using System.Globalization;
using Lading.Configuration.Json;
using Lading.Oci;

namespace Lading.Configuration;

/// <summary>
/// Adds an image to <c>retention.keep</c> of <c>lading.json</c>, or removes it, and leaves every other byte as its author wrote it.
/// </summary>
internal static class KeepEdit
{
    private const string Section = "retention";
    private const string Key = "keep";

    /// <summary>Keeps an image until a day, or stops keeping it.</summary>
    /// <param name="json">The bytes of <c>lading.json</c>.</param>
    /// <param name="displayPath">The file's name in errors.</param>
    /// <param name="image">The image in the file's form: <c>web@sha256:…</c>.</param>
    /// <param name="kept">The entry; null to remove it.</param>
    /// <param name="repository">The image's repository.</param>
    /// <param name="digest">The image's digest.</param>
    /// <returns>The changed bytes; the same if there is nothing to change.</returns>
    /// <exception cref="LadingException">The configuration has errors.</exception>
    public static ReadOnlyMemory<byte> Set(
        ReadOnlyMemory<byte> json,
        string displayPath,
        string image,
        KeptImage? kept,
        RepositoryName repository,
        Digest digest
    )
    {
        var known = ConfigurationReader.Read(json, displayPath).Retention.Keep;
        var at = known.ToList().FindIndex(each => each.Repository == repository && each.Digest == digest);
        if (at < 0 ? kept is null : known[at] == kept)
        {
            return json;
        }

        var source = new DocumentText(json, displayPath);
        var root = DocumentReader.Find(source, new Problems(source))!;
        return MemberEdit.Apply(
            json.Span,
            kept is null ? Removals(json.Span, root, at)
                : at < 0 ? Insertions(json.Span, root, Entry(image, kept))
                : Replacements(root, at, kept)
        );
    }

    private static IEnumerable<TextChange> Insertions(ReadOnlySpan<byte> text, Node root, string entry) =>
        root.Find(Section) is not { } section
            ? MemberEdit.Insertions(text, root, $"\"{Section}\": {{ \"{Key}\": [{entry}] }}")
        : section.Value.Find(Key) is not { } list ? MemberEdit.Insertions(text, section.Value, $"\"{Key}\": [{entry}]")
        : list.Value.Items.Count == 0 ? [TextChange.Of(list.Value, $"[{entry}]")]
        : MemberEdit.Insertions(text, AsMembers(list.Value), entry);

    private static IEnumerable<TextChange> Removals(ReadOnlySpan<byte> text, Node root, int at)
    {
        var section = root.Find(Section)!;
        var list = section.Value.Find(Key)!;
        if (list.Value.Items.Count > 1)
        {
            var items = AsMembers(list.Value);
            return MemberEdit.Removals(text, items, items.Members[at]);
        }

        // A member that becomes empty is removed too.
        return section.Value.Members.Count > 1
            ? MemberEdit.Removals(text, section.Value, list)
            : MemberEdit.Removals(text, root, section);
    }

    private static IEnumerable<TextChange> Replacements(Node root, int at, KeptImage kept)
    {
        var entry = root.Find(Section)!.Value.Find(Key)!.Value.Items[at];
        return
        [
            TextChange.Of(entry.Find("until")!.Value, MemberEdit.Quote(UtcText.Day(kept.Until))),
            TextChange.Of(entry.Find("reason")!.Value, MemberEdit.Quote(kept.Reason)),
        ];
    }

    /// <summary>Treats list items as members without keys: their layout is the same.</summary>
    private static Node AsMembers(Node list) =>
        list with
        {
            Members =
            [
                .. list.Items.Select(
                    (item, i) => new Member(i.ToString(CultureInfo.InvariantCulture), item.Start, item)
                ),
            ],
        };

    private static string Entry(string image, KeptImage kept) =>
        $"{{ \"image\": {MemberEdit.Quote(image)}, \"until\": {MemberEdit.Quote(UtcText.Day(kept.Until))}, \"reason\": {MemberEdit.Quote(kept.Reason)} }}";
}
