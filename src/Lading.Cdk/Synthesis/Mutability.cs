using System.Text.RegularExpressions;
using Lading.Oci;

namespace Lading.Cdk.Synthesis;

/// <summary>Whether a reference is mutable.</summary>
internal static partial class Mutability
{
    /// <summary>Why it is mutable; null if it is not, or an error already reports that there is no image.</summary>
    /// <param name="image">The reference; null if it is not known.</param>
    /// <param name="app">The app, which has the aliases.</param>
    /// <param name="allowsAssets">Whether CDK's image assets are allowed.</param>
    public static string? Of(string? image, AppImages app, bool allowsAssets)
    {
        if (image is null)
        {
            return "its reference is known only to the deployment. Use LadingImage, or a digest written out.";
        }

        if (Digest().IsMatch(image) || PlaceholderImage.Is(image))
        {
            return null;
        }

        // A colon before the last slash precedes a port.
        var path = image[(image.LastIndexOf('/') + 1)..];
        var tag = path.LastIndexOf(':') is var colon and > 0 ? path[(colon + 1)..] : null;
        if (tag is not null && (SourceTag().IsMatch(tag) || IsCommitTag(tag, app)))
        {
            return null;
        }

        if (tag is not null && AssetTag().IsMatch(tag))
        {
            return allowsAssets
                ? null
                : $"{image} is a CDK image asset, built and stored per account. Use LadingImage, or allow assets.";
        }

        return tag is null
            ? $"{image} names no tag, which means 'latest'. {Remedy(image)}"
            : $"{image} is named by a tag that may move. {Remedy(image)}";
    }

    private static string Remedy(string image) =>
        image.Contains("${", StringComparison.Ordinal)
            ? "Use LadingImage, or pin it by digest."
            : $"Pin it by digest, or add it to lading.json ({{ \"from\": \"{image}\" }}) and use LadingImage.";

    private static bool IsCommitTag(string tag, AppImages app)
    {
        try
        {
            return app.Project?.Configuration.Aliases.Any(alias =>
                    alias.Contains("{commit}", StringComparison.Ordinal)
                    && !alias.Contains("{branch}", StringComparison.Ordinal)
                    && IsAliasOf(tag, alias.Split("{commit}"))
                ) == true;
        }
        catch (LadingException)
        {
            // The stacks that need lading.json report what is wrong with it.
            return false;
        }
    }

    private static bool IsAliasOf(string tag, string[] parts) =>
        parts is [var before, var after]
        && tag.Length >= before.Length + after.Length + 40
        && tag.StartsWith(before, StringComparison.Ordinal)
        && tag.EndsWith(after, StringComparison.Ordinal)
        && tag[before.Length..^after.Length] is { Length: 40 or 64 } commit
        && commit.All(char.IsAsciiHexDigitLower);

    [GeneratedRegex(
        "@(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})\\z",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Digest();

    [GeneratedRegex("^src-[0-9a-f]{40}\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex SourceTag();

    [GeneratedRegex("^[0-9a-f]{64}\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex AssetTag();
}
