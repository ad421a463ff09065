using Lading.Fingerprints;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>The images that a registry has: read once, with one call for each repository, all concurrently.</summary>
internal sealed class RegistrySurvey
{
    private readonly IReadOnlyDictionary<RepositoryName, RepositoryContents> contents;

    private RegistrySurvey(IReadOnlyDictionary<RepositoryName, RepositoryContents> contents) =>
        this.contents = contents;

    /// <summary>Repositories that do not exist, in byte order.</summary>
    public IReadOnlyList<RepositoryName> MissingRepositories =>
        [.. contents.Where(pair => !pair.Value.Exists).Select(pair => pair.Key).Order()];

    /// <summary>
    /// The registry's image with the source tag; null if it has none, or the repository was not read.
    /// </summary>
    public FoundImage? Find(ImageIdentity image) =>
        contents.GetValueOrDefault(image.Definition.Repository)?.Images.GetValueOrDefault(image.Fingerprint.SourceTag);

    /// <summary>The registry's image under an older identity; null if it has none.</summary>
    public FoundImage? FindEarlier(ImageIdentity image) =>
        image.Earlier is { } earlier
            ? contents[image.Definition.Repository].Images.GetValueOrDefault(earlier.SourceTag)
            : null;

    /// <summary>Looks up images in a registry.</summary>
    public static async Task<RegistrySurvey> MakeAsync(
        IImageRegistry registry,
        IReadOnlyList<ImageIdentity> images,
        CancellationToken cancellationToken
    )
    {
        var lookups = images
            .GroupBy(image => image.Definition.Repository)
            .Select(async group =>
            {
                var tags = group
                    .SelectMany(image => new[] { image.Fingerprint, image.Earlier }.OfType<Fingerprint>())
                    .Select(fingerprint => (ManifestReference)fingerprint.SourceTag)
                    .Distinct()
                    .ToList();
                var answer = await registry.FindImagesAsync(group.Key, tags, cancellationToken).ConfigureAwait(false);
                return KeyValuePair.Create(group.Key, answer);
            });
        return new RegistrySurvey(
            new Dictionary<RepositoryName, RepositoryContents>(await Task.WhenAll(lookups).ConfigureAwait(false))
        );
    }

    /// <summary>
    /// The platforms of incomplete images that other machines have published: read once for each repository, and only
    /// if the plan builds a multi-platform image.
    /// </summary>
    public static async Task<IReadOnlyDictionary<(RepositoryName, Tag), Digest>> FindPartsAsync(
        IImageRegistry registry,
        ShippingPlan plan,
        CancellationToken cancellationToken
    )
    {
        var lookups = plan
            .New.Where(image =>
                PlatformScope.IsJoined(image.Image) && !plan.MissingRepositories.Contains(image.Repository)
            )
            .GroupBy(image => image.Repository)
            .Select(async group =>
            {
                var tags = group
                    .SelectMany(image =>
                        image.Image.Definition.Platforms.Select(platform =>
                            PlatformPart.TagOf(image.Image.Fingerprint, platform)
                        )
                    )
                    .Distinct()
                    .ToList();
                var contents = await registry
                    .FindImagesAsync(group.Key, [.. tags.Select(tag => (ManifestReference)tag)], cancellationToken)
                    .ConfigureAwait(false);
                return tags.Where(tag => contents.Images.ContainsKey(tag))
                    .Select(tag => KeyValuePair.Create((group.Key, tag), contents.Images[tag].Digest));
            });
        var found = await Task.WhenAll(lookups).ConfigureAwait(false);
        return found.SelectMany(parts => parts).ToDictionary();
    }

    /// <summary>A survey of known contents.</summary>
    public static RegistrySurvey Of(IReadOnlyDictionary<RepositoryName, RepositoryContents> contents) => new(contents);
}
