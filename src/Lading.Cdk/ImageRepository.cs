using Amazon.CDK;
using Amazon.CDK.AWS.ECR;
using Amazon.CDK.AWS.IAM;
using Constructs;
using Lading.Cdk.Synthesis;
using Lading.Fingerprints;
using Lading.Oci;
using Lading.Shipping;

namespace Lading.Cdk;

/// <summary>
/// An ECR repository for Lading's images: immutable tags except aliases and <c>sha256-*</c>, retained when the stack is deleted,
/// scanned on push, without a rule that deletes images by count. The same as <c>lading publish</c> creates.
/// </summary>
/// <remarks>
/// For environments with <c>"repositories": "cdk"</c>. Put it in a stack of its own, and deploy that before the first publish: images
/// must exist before the stack that runs them.
/// </remarks>
public sealed class ImageRepository : Repository
{
    // A placeholder for an unknown name: CDK accepts only names that ECR accepts.
    private const string UnknownName = $"{PlaceholderImage.Host}/none";

    private static readonly string[] PullActions =
    [
        "ecr:BatchCheckLayerAvailability",
        "ecr:GetDownloadUrlForLayer",
        "ecr:BatchGetImage",
    ];

    /// <summary>Creates a repository.</summary>
    /// <param name="scope">A stack of its own.</param>
    /// <param name="id">The construct's id.</param>
    /// <param name="props">The repository's properties.</param>
    public ImageRepository(Construct scope, string id, ImageRepositoryProps props)
        : base(scope, id, PropsOf(scope, props))
    {
        SetTagRules((CfnRepository)Node.DefaultChild!, RulesOf(scope));
        if (props.PullAccounts.Count > 0)
        {
            AddToResourcePolicy(
                new PolicyStatement(
                    new PolicyStatementProps
                    {
                        Sid = "PullByAccounts",
                        Principals = [.. props.PullAccounts.Select(account => new AccountPrincipal(account))],
                        Actions = PullActions,
                    }
                )
            );
        }

        if (props.PullOrganizations.Count > 0)
        {
            AddToResourcePolicy(
                new PolicyStatement(
                    new PolicyStatementProps
                    {
                        Sid = "PullByOrganizations",
                        Principals = [new AnyPrincipal()],
                        Actions = PullActions,
                        Conditions = new Dictionary<string, object>(StringComparer.Ordinal)
                        {
                            ["StringEquals"] = new Dictionary<string, object>(StringComparer.Ordinal)
                            {
                                ["aws:PrincipalOrgID"] = props.PullOrganizations.ToArray(),
                            },
                        },
                    }
                )
            );
        }
    }

    /// <summary>Creates the repositories of all images in <c>lading.json</c>, without duplicates.</summary>
    /// <param name="scope">A stack of their own. The constructs have the names of the images.</param>
    /// <param name="props">Properties for each; <see cref="ImageRepositoryProps.Image"/> is ignored.</param>
    public static IReadOnlyList<ImageRepository> ForEachImage(Construct scope, ImageRepositoryProps? props = null)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return Try(
            scope,
            () =>
                AppImages
                    .Of(scope.Node.Root)
                    .GetProject("Could not create the repositories")
                    .Configuration.Images.Values.DistinctBy(image => image.Repository)
                    .Select(image => new ImageRepository(
                        scope,
                        image.Name,
                        (props ?? new ImageRepositoryProps()) with
                        {
                            Image = image.Name,
                            RepositoryName = null,
                        }
                    ))
                    .ToList(),
            []
        );
    }

    /// <summary>The existing repository of an image, created by <c>lading publish</c>, by another stack or by hand.</summary>
    /// <param name="scope">A construct in the stack whose environment counts.</param>
    /// <param name="id">The construct's id.</param>
    /// <param name="image">The image's name in <c>lading.json</c>.</param>
    public static IRepository FromLading(Construct scope, string id, string image)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var stack = Stack.Of(scope);
        var registry = Try(scope, () => StackImages.RegistryOf(stack), TargetRegistry.OfStack);
        return new ImageRendering(stack, registry).Import(scope, id, NameOf(scope, image));
    }

    /// <summary>Adds a lifecycle rule, and refuses rules that would delete images in use.</summary>
    /// <param name="rule">A rule by age, for images with certain tags that are not Lading's own.</param>
    public override void AddLifecycleRule(ILifecycleRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (
            rule.MaxImageCount is not null
            || rule.TagStatus is null or TagStatus.ANY or TagStatus.UNTAGGED
            || (rule.TagPrefixList ?? []).Concat(rule.TagPatternList ?? []).Any(MatchesSourceTags)
        )
        {
            Annotations
                .Of(this)
                .AddError(
                    "Could not add a lifecycle rule: it deletes images by count, images without a tag (such as the children of an index), or images with the "
                        + "src- tags that every image has. That would delete images that run, or that you may roll back to. "
                        + "Give rules an age (MaxImageAge) and tags of your own (TagStatus.TAGGED)."
                );
            return;
        }

        base.AddLifecycleRule(rule);
    }

    /// <summary>Whether a rule for this tag prefix or pattern also applies to <c>src-</c> tags.</summary>
    private static bool MatchesSourceTags(string tags)
    {
        var start = tags.Split('*')[0];
        return start.StartsWith(Fingerprint.SourceTagPrefix, StringComparison.Ordinal)
            || Fingerprint.SourceTagPrefix.StartsWith(start, StringComparison.Ordinal);
    }

    /// <summary>Properties of CloudFormation that CDK 2.160 does not have.</summary>
    private static void SetTagRules(CfnRepository repository, RepositorySettings rules)
    {
        repository.AddPropertyOverride(
            "ImageTagMutability",
            (rules.TagsAreMutable ? "MUTABLE" : "IMMUTABLE") + (rules.Exceptions.Count == 0 ? "" : "_WITH_EXCLUSION")
        );
        if (rules.Exceptions.Count > 0)
        {
            repository.AddPropertyOverride(
                "ImageTagMutabilityExclusionFilters",
                rules
                    .Exceptions.Select(filter => new Dictionary<string, object>(StringComparer.Ordinal)
                    {
                        ["ImageTagMutabilityExclusionFilterType"] = "WILDCARD",
                        ["ImageTagMutabilityExclusionFilterValue"] = filter,
                    })
                    .ToArray()
            );
        }
    }

    private static RepositorySettings RulesOf(Construct scope) =>
        AliasTags.SettingsFor(Try(scope, () => AppImages.Of(scope.Node.Root).Project?.Configuration.Aliases ?? [], []));

    private static RepositoryProps PropsOf(Construct scope, ImageRepositoryProps props)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(props);
        return new RepositoryProps
        {
            RepositoryName = props.RepositoryName ?? NameOf(scope, props.Image),
            ImageScanOnPush = true,
            RemovalPolicy = RemovalPolicy.RETAIN,
            Encryption = props.Encryption,
            EncryptionKey = props.EncryptionKey,
        };
    }

    private static string NameOf(Construct scope, string? image) =>
        Try(
            scope,
            () =>
            {
                var name =
                    image
                    ?? throw LadingException.Usage(
                        $"Could not name a repository in {scope.Node.Path}",
                        "neither Image nor RepositoryName is set",
                        "Set Image to a name of lading.json."
                    );
                var project = AppImages
                    .Of(scope.Node.Root)
                    .GetProject($"Could not name the repository of image {name}");
                LockedImages.CheckName(name, project.Configuration.Images);
                return project.Configuration.Images[name].Repository.Value;
            },
            UnknownName
        );

    private static T Try<T>(Construct scope, Func<T> act, T otherwise)
    {
        try
        {
            return act();
        }
        catch (LadingException exception)
        {
            Annotations.Of(scope).AddError(exception.Message);
            return otherwise;
        }
    }
}
