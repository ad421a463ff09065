using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>
/// The actions of publishing, decided before anything is done: a value that can be printed, tested and refused.
/// </summary>
/// <param name="Environment">The target environment.</param>
/// <param name="Images">In byte order of their names.</param>
/// <param name="MissingRepositories">The repositories to create first.</param>
internal sealed record ShippingPlan(
    EnvironmentDefinition Environment,
    IReadOnlyList<PlannedImage> Images,
    IReadOnlyList<RepositoryName> MissingRepositories
)
{
    /// <summary>Probable mistakes in the builds of the images; empty if they were not looked for.</summary>
    public IReadOnlyList<BuildNote> Notes { get; init; } = [];

    /// <summary>The images to build or copy.</summary>
    public IEnumerable<PlannedImage> New => Images.Where(image => image.Action != ShippingAction.Reuse);

    /// <summary>Decides for an environment that builds.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="images">The requested images.</param>
    /// <param name="target">The images in its registry; null to plan offline, as if it had none.</param>
    public static ShippingPlan ForPublish(
        EnvironmentDefinition environment,
        IReadOnlyList<ImageIdentity> images,
        RegistrySurvey? target
    ) => For(environment, images, target, image => WhenMissing(image) with { Earlier = target?.FindEarlier(image) });

    /// <summary>
    /// Adds the platforms of multi-platform images that other machines published: only the others are built, or only
    /// the requested one.
    /// </summary>
    /// <param name="parts">The images under the tags of parts in the target.</param>
    /// <param name="only">The single platform to publish; null for all.</param>
    public ShippingPlan WithParts(IReadOnlyDictionary<(RepositoryName, Tag), Digest> parts, Platform? only) =>
        this with
        {
            Images =
            [
                .. Images.Select(image => PlatformScope.IsJoined(image.Image) ? Joined(image, parts, only) : image),
            ],
        };

    /// <summary>The plan with the input files of images to build, which cached identities lack.</summary>
    /// <exception cref="LadingException">The files do not match the cached identity.</exception>
    public async Task<ShippingPlan> WithFilesAsync(CancellationToken cancellationToken)
    {
        var images = new List<PlannedImage>();
        foreach (var image in Images)
        {
            images.Add(
                image.Action == ShippingAction.Build
                    ? image with
                    {
                        Image = await image.Image.WithFilesAsync(cancellationToken).ConfigureAwait(false),
                    }
                    : image
            );
        }

        return this with
        {
            Images = images,
        };
    }

    private static PlannedImage Joined(
        PlannedImage image,
        IReadOnlyDictionary<(RepositoryName, Tag), Digest> parts,
        Platform? only
    )
    {
        if (image.Action is ShippingAction.Reuse or ShippingAction.Adopt)
        {
            return image;
        }

        var own = image
            .Parts.Select(part =>
                parts.TryGetValue(
                    (image.Repository, PlatformPart.TagOf(image.Image.Fingerprint, part.Platform)),
                    out var digest
                )
                    ? part with
                    {
                        Digest = digest,
                    }
                    : part
            )
            .ToList();
        return only is not null && own.Find(part => part.Platform == only)?.Digest is { } existing
            ? image with
            {
                Action = ShippingAction.Reuse,
                Digest = existing,
                Only = only,
                Parts = own,
            }
            : image with
            {
                Only = only,
                Parts = own,
            };
    }

    /// <summary>Decides for an environment that images are promoted to: it never builds.</summary>
    /// <exception cref="LadingException">An image was never published in the environment it is promoted from.</exception>
    public static ShippingPlan ForPromotion(
        EnvironmentDefinition environment,
        IReadOnlyList<ImageIdentity> images,
        RegistrySurvey target,
        RegistrySurvey source
    )
    {
        var absent = images.Where(image => target.Find(image) is null && source.Find(image) is null).ToList();
        if (absent.Count > 0)
        {
            var names = string.Join(", ", absent.Select(image => $"{image.Name} ({image.Fingerprint.SourceTag})"));
            throw new LadingException(
                $"Could not promote {names} from {environment.PromoteFrom} to {environment.Name}",
                $"{(absent.Count == 1 ? "it was" : "they were")} never published in {environment.PromoteFrom} with these inputs",
                $"Run 'lading publish --env {environment.PromoteFrom}' first: {environment.Name} only copies images and never builds.",
                FailureKind.CheckFailed
            );
        }

        return For(environment, images, target, image => Copied(image, source.Find(image)!));
    }

    private static PlannedImage Copied(ImageIdentity image, FoundImage found) =>
        new(image, ShippingAction.Copy, found.Digest) { IsArchived = found.IsArchived };

    private static ShippingPlan For(
        EnvironmentDefinition environment,
        IReadOnlyList<ImageIdentity> images,
        RegistrySurvey? target,
        Func<ImageIdentity, PlannedImage> whenMissing
    ) =>
        new(
            environment,
            [
                .. images.Select(image =>
                    target?.Find(image) is { } found
                        ? new PlannedImage(image, ShippingAction.Reuse, found.Digest, found.Tags)
                        {
                            MediaType = found.MediaType,
                            IsArchived = found.IsArchived,
                        }
                        : whenMissing(image)
                ),
            ],
            target?.MissingRepositories ?? []
        );

    private static PlannedImage WhenMissing(ImageIdentity image) =>
        image.Inputs is MirroredInputs mirrored
            ? new PlannedImage(image, ShippingAction.Copy, mirrored.From.Digest)
            : new PlannedImage(image, ShippingAction.Build)
            {
                Parts = PlatformScope.IsJoined(image)
                    ? [.. image.Definition.Platforms.Select(platform => new PlatformPart(platform))]
                    : [],
            };
}

/// <summary>What publishing would do.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Uncommitted">The images with inputs that differ from <c>HEAD</c>; the differences are not in the plan.</param>
internal sealed record PlanOutcome(ShippingPlan Plan, IReadOnlyList<string> Uncommitted);
