using Lading.Configuration.Json;

namespace Lading.Configuration;

/// <summary>Makes one change to <c>lading.json</c> and leaves every other byte as its author wrote it.</summary>
internal static class ConfigurationEdit
{
    private const string Key = "hold";

    /// <summary>Sets or removes an image's hold.</summary>
    /// <param name="json">The bytes of <c>lading.json</c>.</param>
    /// <param name="displayPath">The file's name in errors.</param>
    /// <param name="image">The image's name.</param>
    /// <param name="hold">Null to remove it.</param>
    /// <returns>The changed bytes; the same if there is nothing to change.</returns>
    /// <exception cref="LadingException">The configuration has errors, or no such image.</exception>
    public static ReadOnlyMemory<byte> SetHold(ReadOnlyMemory<byte> json, string displayPath, string image, Hold? hold)
    {
        var configuration = ConfigurationReader.Read(json, displayPath);
        if (configuration.GetImage(image).Hold == hold)
        {
            return json;
        }

        var source = new DocumentText(json, displayPath);
        var document = DocumentReader.Find(source, new Problems(source))!;
        var entry = document.Find("images")!.Value.Find(image)!.Value;
        var existing = entry.Find(Key);
        if (hold is null)
        {
            return MemberEdit.Apply(json.Span, MemberEdit.Removals(json.Span, entry, existing!));
        }

        return existing is null
            ? MemberEdit.Apply(json.Span, MemberEdit.Insertions(json.Span, entry, Member(hold)))
            : MemberEdit.Apply(
                json.Span,
                [
                    TextChange.Of(existing.Value.Find("revision")!.Value, MemberEdit.Quote(hold.Revision)),
                    TextChange.Of(existing.Value.Find("reason")!.Value, MemberEdit.Quote(hold.Reason)),
                ]
            );
    }

    private static string Member(Hold hold) =>
        $"\"{Key}\": {{ \"revision\": {MemberEdit.Quote(hold.Revision)}, \"reason\": {MemberEdit.Quote(hold.Reason)} }}";
}
