using Lading.Oci;

namespace Lading.Shipping;

/// <summary>Which platforms of images, that are not there as a whole, other machines have published.</summary>
internal static class PartSurvey
{
    /// <summary>Asks once a repository, and only where a plan has something of several platforms to build.</summary>
    /// <param name="registry">The plan's target.</param>
    /// <param name="plan">What to do without them.</param>
    /// <param name="only">The one platform to publish; null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The plan with what is there.</returns>
    public static async Task<ShippingPlan> CompleteAsync(
        IImageRegistry registry,
        ShippingPlan plan,
        Platform? only,
        CancellationToken cancellationToken
    )
    {
        var questions = plan
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
        var found = await Task.WhenAll(questions).ConfigureAwait(false);
        return plan.WithParts(found.SelectMany(parts => parts).ToDictionary(), only);
    }
}
