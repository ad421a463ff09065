using System.Globalization;
using Lading.Configuration.Json;

namespace Lading.Configuration;

/// <summary>
/// Changes the pins in the bytes of <c>lading.bases.json</c>, keeping its author's comments and layout.
/// </summary>
internal static class BasePinsEdit
{
    /// <summary>Changes the bytes to contain the given pins.</summary>
    /// <param name="json">The existing bytes; null if there is no file.</param>
    /// <param name="displayPath">The file's name in errors.</param>
    /// <param name="pins">All pins that the file should have.</param>
    /// <returns>The changed bytes; the same if there is nothing to change.</returns>
    /// <exception cref="LadingException">The existing content has errors.</exception>
    public static ReadOnlyMemory<byte> Change(ReadOnlyMemory<byte>? json, string displayPath, BasePins pins)
    {
        if (json is not { } text)
        {
            return BasePinsWriter.Format(pins);
        }

        var known = BasePinsReader.Read(text, displayPath);
        if (text.Span.SequenceEqual(BasePinsWriter.Format(known)))
        {
            // The file has no comments or layout to keep.
            return BasePinsWriter.Format(pins);
        }

        // Each change is small, and applies to the result of the previous one.
        foreach (var reference in known.Pins.Keys.Where(reference => pins.Find(reference) is null))
        {
            text = Remove(new DocumentText(text, displayPath), reference);
        }

        foreach (var (reference, pin) in pins.Pins.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var before = known.Find(reference);
            text = before is null ? Add(new DocumentText(text, displayPath), reference, pin) : text;
            text = before is null ? text : Set(text, displayPath, reference, before, pin);
        }

        return pins.Version > known.Version ? SetVersion(new DocumentText(text, displayPath), pins.Version) : text;
    }

    private static ReadOnlyMemory<byte> SetVersion(DocumentText source, int version)
    {
        var value = RootOf(source).Find("basesVersion")!.Value;
        return MemberEdit.Apply(
            source.Bytes.Span,
            [TextChange.Of(value, version.ToString(CultureInfo.InvariantCulture))]
        );
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
            var source = new DocumentText(text, displayPath);
            var digest = EntryOf(source, reference).Find("digest")!.Value;
            text = MemberEdit.Apply(text.Span, [TextChange.Of(digest, MemberEdit.Quote(pin.Digest.ToString()))]);
        }

        text =
            before.OnBuild == pin.OnBuild
                ? text
                : SetMember(
                    new DocumentText(text, displayPath),
                    reference,
                    "onBuild",
                    pin.OnBuild is { } value ? Of(value) : null
                );
        return before with { Digest = pin.Digest, OnBuild = pin.OnBuild } == pin
            ? text
            : SetMember(new DocumentText(text, displayPath), reference, "env", pin.Env is null ? null : Of(pin.Env));
    }

    /// <summary>Sets a key of a pin's entry; null removes the key.</summary>
    private static ReadOnlyMemory<byte> SetMember(DocumentText source, string reference, string key, string? value)
    {
        var entry = EntryOf(source, reference);
        var text = source.Bytes.Span;
        var member = entry.Find(key);
        return (value, member) switch
        {
            (null, null) => source.Bytes,
            (null, _) => MemberEdit.Apply(text, MemberEdit.Removals(text, entry, member)),
            (_, null) => MemberEdit.Apply(text, MemberEdit.Insertions(text, entry, $"\"{key}\": {value}")),
            _ => MemberEdit.Apply(text, [TextChange.Of(member.Value, value)]),
        };
    }

    private static ReadOnlyMemory<byte> Add(DocumentText source, string reference, BasePin pin)
    {
        var onBuild = pin.OnBuild is { } value ? $", \"onBuild\": {Of(value)}" : "";
        var env = pin.Env is { } variables ? $", \"env\": {Of(variables)}" : "";
        var member =
            $"{MemberEdit.Quote(reference)}: {{ \"digest\": {MemberEdit.Quote(pin.Digest.ToString())}{onBuild}{env} }}";
        return MemberEdit.Apply(source.Bytes.Span, MemberEdit.Insertions(source.Bytes.Span, BasesOf(source), member));
    }

    private static ReadOnlyMemory<byte> Remove(DocumentText source, string reference)
    {
        var bases = BasesOf(source);
        return MemberEdit.Apply(
            source.Bytes.Span,
            MemberEdit.Removals(source.Bytes.Span, bases, bases.Find(reference)!)
        );
    }

    private static Node EntryOf(DocumentText source, string reference) => BasesOf(source).Find(reference)!.Value;

    private static Node RootOf(DocumentText source) => DocumentReader.Find(source, new Problems(source))!;

    private static Node BasesOf(DocumentText source) => RootOf(source).Find("bases")!.Value;

    private static string Of(bool value) => value ? "true" : "false";

    private static string Of(IReadOnlyDictionary<string, string?> env)
    {
        var members = env.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair =>
                $"{MemberEdit.Quote(pair.Key)}: {(pair.Value is null ? "null" : MemberEdit.Quote(pair.Value))}"
            );
        return env.Count == 0 ? "{}" : $"{{ {string.Join(", ", members)} }}";
    }
}
