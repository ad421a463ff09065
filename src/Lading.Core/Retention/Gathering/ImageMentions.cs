using System.Text.RegularExpressions;
using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Gathering;

/// <summary>
/// The images that some texts mention, anywhere in them: references to ECR in all forms, and digests without a repository. A digest
/// without a repository counts for every repository.
/// </summary>
internal sealed partial class ImageMentions
{
    private readonly HashSet<UsedImage> images = [];

    /// <summary>Without duplicates, in the order in which they were found.</summary>
    public IReadOnlyCollection<UsedImage> Images => images;

    /// <summary>The images that a text mentions.</summary>
    public static IReadOnlyCollection<UsedImage> In(params IEnumerable<string> texts)
    {
        var mentions = new ImageMentions();
        foreach (var text in texts)
        {
            mentions.Add(text);
        }

        return mentions.Images;
    }

    /// <summary>Adds the images that a text mentions.</summary>
    public void Add(string text)
    {
        // Most texts mention none.
        if (!text.Contains("sha", StringComparison.Ordinal) && !text.Contains("ecr", StringComparison.Ordinal))
        {
            return;
        }

        // A digest counts for its repository, or for every repository if the text leaves it open.
        var matched = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match match in Reference().Matches(text))
        {
            if (
                EcrAddress.TryParse(match.Groups["host"].Value, out var address)
                && RepositoryName.TryParse(match.Groups["path"].Value, out var repository)
            )
            {
                Add(address.Host, repository, match.Groups["tag"].Value, match.Groups["digest"].Value);
                matched.Add(match.Groups["digest"].Value);
            }
        }

        foreach (Match match in AnyDigest().Matches(text))
        {
            if (!matched.Contains(match.Value) && Digest.TryParse(match.Value, out var digest))
            {
                images.Add(new UsedImage(null, null, digest));
            }
        }
    }

    /// <summary>Adds the tag at the end of a text, for any repository.</summary>
    /// <returns>Whether it ends with one.</returns>
    public bool AddTag(string text)
    {
        var match = TagAtEnd().Match(text);
        if (!match.Success || !Tag.TryParse(match.Groups["tag"].Value, out var tag))
        {
            return false;
        }

        images.Add(new UsedImage(null, null, tag));
        return true;
    }

    private void Add(string host, RepositoryName repository, string tag, string digest)
    {
        // With a tag and a digest, either may be used; with neither, it is latest.
        if (Digest.TryParse(digest, out var parsed))
        {
            images.Add(new UsedImage(host, repository, parsed));
        }

        if (Tag.TryParse(tag, out var named) || (digest.Length == 0 && Tag.TryParse("latest", out named)))
        {
            images.Add(new UsedImage(host, repository, named));
        }
    }

    [GeneratedRegex(
        @"(?<host>[0-9]{12}\.dkr[.-]ecr(?:-fips)?\.[a-z0-9.-]+[a-z])/(?<path>[a-z0-9](?:[a-z0-9._/-]*[a-z0-9])?)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}))?",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Reference();

    [GeneratedRegex(
        @"\b(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})(?![0-9a-f])",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex AnyDigest();

    [GeneratedRegex(
        @"[^\s:/]*:(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex TagAtEnd();
}
