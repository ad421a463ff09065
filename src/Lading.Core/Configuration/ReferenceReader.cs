using System.Text.RegularExpressions;
using Lading.Configuration.Json;

namespace Lading.Configuration;

/// <summary>Reads references of images, which stay as they are written: that is what pins and Dockerfiles call them.</summary>
internal static partial class ReferenceReader
{
    public static string Read(Field field, string reference)
    {
        if (field.Node.Kind == System.Text.Json.JsonValueKind.String && !IsReference(reference))
        {
            field.RejectText("Expected the reference of an image, such as docker.io/library/busybox:1.36.");
        }

        return reference;
    }

    internal static bool IsReference(string text) => text.Length <= 512 && Pattern().IsMatch(text);

    [GeneratedRegex(
        @"^(?:(?:[A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(?::[0-9]+)?/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*(?::[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(?:@(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}))?\z",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Pattern();
}
