using System.Globalization;
using System.Text;
using Lading.Configuration;
using Lading.Context.Dockerfiles;

namespace Lading.Fingerprints;

/// <summary>
/// The meaning of an entry in <c>lading.json</c> as a text that is equal for equal meanings: order and layout of the file do not
/// matter.
/// </summary>
internal static class DefinitionMeaning
{
    public static string Of(ImageDefinition definition)
    {
        var text = new StringBuilder();
        Add(
            text,
            definition.Name,
            definition.Repository.Value,
            definition.Epoch.ToString(CultureInfo.InvariantCulture)
        );
        Add(text, [.. definition.Platforms.Select(platform => platform.ToString())]);
        Add(text, definition.Hold?.Revision, definition.Hold?.Reason);
        switch (definition)
        {
            case BuiltImage built:
                Add(text, "build", built.Context, built.Dockerfile, built.Target);
                Add(
                    text,
                    built
                        .Args.Where(pair => !IgnoredArguments.Contains(pair.Key))
                        .Select(pair => (pair.Key, (string?)pair.Value))
                );
                Add(
                    text,
                    built.Secrets.Select(pair => (pair.Key, (string?)$"{pair.Value.Environment}|{pair.Value.File}"))
                );
                Add(text, [.. built.Ssh.Order(StringComparer.Ordinal)]);
                Add(text, built.Contexts.Select(pair => (pair.Key, (string?)pair.Value)));
                break;
            case AssembledImage assembled:
                Add(text, "assemble", assembled.Run, assembled.Base, assembled.User, assembled.WorkingDirectory);
                Add(text, [.. assembled.Sources.Order(StringComparer.Ordinal)]);
                Add(text, [.. assembled.Copy.SelectMany(entry => new[] { entry.From, entry.To })]);
                Add(text, assembled.Env.Select(pair => (pair.Key, (string?)pair.Value)));
                Add(text, [.. assembled.Entrypoint ?? ["\0"]]);
                Add(text, [.. assembled.Command ?? ["\0"]]);
                Add(text, [.. assembled.Ports.Order(StringComparer.Ordinal)]);
                Add(text, assembled.Labels.Select(pair => (pair.Key, (string?)pair.Value)));
                break;
            case MirroredImage mirrored:
                Add(text, "from", mirrored.From);
                break;
            default:
                throw new NotSupportedException(definition.GetType().Name);
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, IEnumerable<(string Key, string? Value)> map) =>
        Add(
            text,
            [
                .. map.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                    .SelectMany(pair => new[] { pair.Key, pair.Value }),
            ]
        );

    private static void Add(StringBuilder text, params IReadOnlyList<string?> parts)
    {
        text.Append(parts.Count).Append('\n');
        foreach (var part in parts)
        {
            text.Append(part is null ? -1 : part.Length).Append(':').Append(part).Append('\n');
        }
    }
}
