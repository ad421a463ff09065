using Lading.Retention.Evidence;

namespace Lading.Tests.Retention.Model;

/// <summary>References in the forms that people and services write, each parsed once by the product's parser.</summary>
internal static class WrittenReferences
{
    /// <summary>
    /// The number of forms: two other hosts of the registry, a tag before the digest, and the usual one for all others.
    /// </summary>
    public const int Forms = 6;

    private const int UsualForm = 3;

    // Filled by many threads without a lock: all of them parse the same text for an entry.
    private static readonly UsedImage?[] Parsed = new UsedImage?[2 * (UsualForm + 1) * Content.Most];

    /// <summary>The parsed image, and the host as written.</summary>
    public static (UsedImage Image, string Host) Of(string registry, Content content, int form)
    {
        var isOther = registry == Stored.OtherHost;
        var host = Hosts[isOther ? 1 : 0][Math.Min(form, 2)];
        var at = (((isOther ? UsualForm + 1 : 0) + Math.Min(form, UsualForm)) * Content.Most) + content.Id;
        return (Parsed[at] ??= Parse(host, content, form), host);
    }

    private static string[][] Hosts { get; } = [HostsOf(Stored.Host), HostsOf(Stored.OtherHost)];

    private static string[] HostsOf(string registry)
    {
        var account = registry[..12];
        return [$"{account}.dkr.ecr-fips.eu-west-1.amazonaws.com", $"{account}.dkr-ecr.eu-west-1.on.aws", registry];
    }

    private static UsedImage Parse(string host, Content content, int form)
    {
        var reference =
            form == 2 ? $"{host}/{Stored.Web}:latest@{content.Digest}" : $"{host}/{Stored.Web}@{content.Digest}";
        return UsedImage.TryParse(reference, out var image) ? image : throw new FormatException(reference);
    }
}
