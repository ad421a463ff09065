using Lading.Configuration.Json;

namespace Lading.Configuration;

/// <summary>Brings the bytes of <c>lading.bases.json</c> to other pins. What its author wrote around them, comments and layout, stays.</summary>
internal static class BasePinsEdit
{
    /// <summary>Changes the file.</summary>
    /// <param name="json">What is there; null for a file that is not.</param>
    /// <param name="displayPath">What errors call the file.</param>
    /// <param name="pins">All pins that it shall hold.</param>
    /// <returns>The changed bytes; the same where there is nothing to change.</returns>
    /// <exception cref="LadingException">What is there is wrong.</exception>
    public static ReadOnlyMemory<byte> Change(ReadOnlyMemory<byte>? json, string displayPath, BasePins pins)
    {
        if (json is not { } text)
        {
            return BasePinsWriter.Format(pins);
        }

        var known = BasePinsReader.Read(text, displayPath);
        if (text.Span.SequenceEqual(BasePinsWriter.Format(known)))
        {
            // Nobody wrote anything into it.
            return BasePinsWriter.Format(pins);
        }

        // Each change is small, and reads what the one before it left.
        foreach (var reference in known.Pins.Keys.Where(reference => pins.Find(reference) is null))
        {
            text = Remove(new SourceText(text, displayPath), reference);
        }

        foreach (var (reference, pin) in pins.Pins.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var before = known.Find(reference);
            text = before is null ? Add(new SourceText(text, displayPath), reference, pin) : text;
            text = before is null ? text : Set(text, displayPath, reference, before, pin);
        }

        return text;
    }

    private static ReadOnlyMemory<byte> Set(
        ReadOnlyMemory<byte> text,
        string displayPath,
        string reference,
        BasePin before,
        BasePin pin
    )
    {
        if (before.Digest != pin.Digest)
        {
            var source = new SourceText(text, displayPath);
            var digest = EntryOf(source, reference).Find("digest")!.Value;
            text = MemberEdit.Apply(text.Span, [TextChange.Of(digest, MemberEdit.Quote(pin.Digest.ToString()))]);
        }

        return before.OnBuild == pin.OnBuild ? text : SetOnBuild(new SourceText(text, displayPath), reference, pin);
    }

    private static ReadOnlyMemory<byte> SetOnBuild(SourceText source, string reference, BasePin pin)
    {
        var entry = EntryOf(source, reference);
        var text = source.Bytes.Span;
        var member = entry.Find("onBuild");
        return pin.OnBuild switch
        {
            null => MemberEdit.Apply(text, MemberEdit.Removals(text, entry, member!)),
            { } value when member is null => MemberEdit.Apply(
                text,
                MemberEdit.Insertions(text, entry, $"\"onBuild\": {Of(value)}")
            ),
            { } value => MemberEdit.Apply(text, [TextChange.Of(member!.Value, Of(value))]),
        };
    }

    private static ReadOnlyMemory<byte> Add(SourceText source, string reference, BasePin pin)
    {
        var onBuild = pin.OnBuild is { } value ? $", \"onBuild\": {Of(value)}" : "";
        var member =
            $"{MemberEdit.Quote(reference)}: {{ \"digest\": {MemberEdit.Quote(pin.Digest.ToString())}{onBuild} }}";
        return MemberEdit.Apply(source.Bytes.Span, MemberEdit.Insertions(source.Bytes.Span, BasesOf(source), member));
    }

    private static ReadOnlyMemory<byte> Remove(SourceText source, string reference)
    {
        var bases = BasesOf(source);
        return MemberEdit.Apply(
            source.Bytes.Span,
            MemberEdit.Removals(source.Bytes.Span, bases, bases.Find(reference)!)
        );
    }

    private static Node EntryOf(SourceText source, string reference) => BasesOf(source).Find(reference)!.Value;

    private static Node BasesOf(SourceText source) =>
        DocumentReader.Find(source, new Problems(source))!.Find("bases")!.Value;

    private static string Of(bool value) => value ? "true" : "false";
}
