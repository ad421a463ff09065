using System.Text.RegularExpressions;
using Lading.Configuration.Json;
using Lading.Context;

namespace Lading.Configuration;

/// <summary>Reads the entry of an assembled image.</summary>
internal static partial class AssembledImageReader
{
    private static readonly char[] Wildcards = ['*', '?', '['];

    public static IReadOnlyList<string> Keys { get; } =
    ["sources", "run", "base", "copy", "user", "workdir", "env", "entrypoint", "cmd", "ports", "labels"];

    public static AssembledImage Read(string name, FieldSet image)
    {
        var field = image.Require("assemble", "\"assemble\": { … }")!;
        var fields = field.Object("assemble");
        var run = fields.Find("run")?.Text();
        var copy = ReadCopy(fields.Find("copy"));
        var assembled = new AssembledImage
        {
            Name = name,
            Repository = default,
            Sources = ReadSources(field, fields.Find("sources"), run, copy),
            Run = run,
            Base = fields.Require("base", "\"base\": \"scratch\", or the reference of an image") is { } from
                ? ReferenceReader.Read(from, from.Text())
                : "",
            Copy = copy,
            User = fields.Find("user")?.Text(text => !text.Any(char.IsWhiteSpace), "a user, such as app or 1000:1000"),
            WorkingDirectory = fields.Find("workdir") is { } workdir ? ReadImagePath(workdir, isFolder: false) : null,
            Env = fields.Find("env") is { } env ? TextMapReader.Env(env) : TextMapReader.Empty,
            Entrypoint = ReadCommand(fields.Find("entrypoint")),
            Command = ReadCommand(fields.Find("cmd")),
            Ports = fields.Find("ports")?.DistinctTexts(ReadPort) ?? [],
            Labels = fields.Find("labels") is { } labels ? TextMapReader.Labels(labels) : TextMapReader.Empty,
        };
        fields.RejectOthers();
        if (copy.Count == 0 && assembled.Base == "scratch")
        {
            field.Reject("makes an empty image", "Add copy, or another base.");
        }

        return assembled;
    }

    /// <summary>
    /// Without a command, whatever is copied is a source and need not be listed; listed sources are added to it.
    /// </summary>
    private static IReadOnlyList<string> ReadSources(
        Field assemble,
        Field? sources,
        string? run,
        IReadOnlyList<CopyEntry> copy
    )
    {
        var named = sources?.DistinctTexts(PathReader.FileOrFolder) ?? [];
        if (sources is { Node: { Kind: System.Text.Json.JsonValueKind.Array, Items.Count: 0 } })
        {
            sources.Reject("is empty", "Name the tracked files that run reads, such as \"src/site/\".");
        }
        else if (run is not null && sources is null)
        {
            assemble.Reject(
                "has run but no sources",
                "Add \"sources\": [\"src/site/\"], the tracked files that run reads."
            );
        }

        if (run is null)
        {
            return [.. named.Concat(copy.Select(entry => entry.From)).Distinct(StringComparer.Ordinal)];
        }

        return named;
    }

    private static List<CopyEntry> ReadCopy(Field? field)
    {
        var entries = new List<CopyEntry>();
        foreach (var (key, value) in field?.Entries() ?? [])
        {
            var from = PathReader.FileOrFolderKey(key, value);
            var to = ReadImagePath(value, isFolder: null);
            var isMany = from.EndsWith('/') || from.IndexOfAny(Wildcards) >= 0;
            if (isMany && to.Length > 0 && !to.EndsWith('/'))
            {
                value.RejectText($"Several files may be copied there: write it as a folder, {Field.Quote(to + "/")}.");
            }

            if (entries.Exists(entry => entry.From == from))
            {
                value.RejectKey("is given twice, spelled differently", "Keep one of them.");
            }

            entries.Add(new CopyEntry(from, to));
        }

        return entries;
    }

    /// <summary>An absolute path in the image, in its shortest form; if <paramref name="isFolder"/> is null, the trailing slash decides.</summary>
    private static string ReadImagePath(Field field, bool? isFolder)
    {
        var text = field.Text();
        if (text.Length == 0)
        {
            return "";
        }

        if (text[0] != '/' || text.Contains('\\', StringComparison.Ordinal) || text.Split('/').Contains(".."))
        {
            field.RejectText("Expected an absolute path in the image, such as /srv/app, without '..'.");
        }

        var path = CleanPath.Of(text);
        return path != "/" && (isFolder ?? text.EndsWith('/')) ? path + "/" : path;
    }

    private static IReadOnlyList<string>? ReadCommand(Field? field)
    {
        if (field is { Node.Kind: System.Text.Json.JsonValueKind.String })
        {
            field.Reject(
                "is text, but a list is expected",
                "Write each word as an item, [\"/srv/app\", \"--port\", \"8080\"], or [\"/bin/sh\", \"-c\", \"…\"] if it needs a shell."
            );
            return null;
        }

        return field is null ? null : [.. field.List().Select(item => item.AnyText())];
    }

    private static string ReadPort(Field field)
    {
        var text = field.Node.Kind == System.Text.Json.JsonValueKind.Number ? field.Node.Text : field.Text();
        if (
            text.Length > 0
            && !(PortPattern().Match(text) is { Success: true } match && IsPort(match.Groups["port"].Value))
        )
        {
            field.Reject($"is {text}", "Expected a port from 1 to 65535, such as 8080, \"8080/tcp\" or \"53/udp\".");
        }

        return text.Length == 0 || text.Contains('/', StringComparison.Ordinal) ? text : text + "/tcp";
    }

    private static bool IsPort(string text) =>
        int.TryParse(text, System.Globalization.NumberStyles.None, null, out var port) && port is >= 1 and <= 65535;

    [GeneratedRegex(
        @"^(?<port>[1-9][0-9]{0,4})(?:/(?:tcp|udp|sctp))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex PortPattern();
}
