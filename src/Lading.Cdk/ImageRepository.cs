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
/// An ECR repository as Lading's images need it: tags that do not move but for aliases and <c>sha256-*</c>, kept when the stack
/// goes, scanned on push, and with no rule that deletes images by their number. The same as <c>lading publish</c> creates.
/// </summary>
/// <remarks>
/// For environments with <c>"repositories": "cdk"</c>. It belongs into a stack of its own, which is deployed before the first publish:
/// images must be there before the stack that runs them.
/// </remarks>
public sealed class ImageRepository : Repository
{
    // Stands where a name could not be found: CDK takes no name that ECR would not.
    private const string Nameless = $"{PlaceholderImage.Host}/none";

    private static readonly string[] PullActions =
    [
        "ecr:BatchCheckLayerAvailability",
        "ecr:GetDownloadUrlForLayer",
        "ecr:BatchGetImage",
    ];

    /// <summary>Creates a repository.</summary>
    /// <param name="scope">A stack of its own.</param>
    /// <param name="id">The construct's id.</param>
    /// <param name="props">What it holds.</param>
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

    /// <summary>Creates the repositories of all images of <c>lading.json</c>, one where several images share it.</summary>
    /// <param name="scope">A stack of their own. The constructs are named as the images.</param>
    /// <param name="props">What holds for each; <see cref="ImageRepositoryProps.Image"/> is not looked at.</param>
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

    /// <summary>The repository of an image, as it is there already: created by <c>lading publish</c>, by another stack or by hand.</summary>
    /// <param name="scope">In the stack whose environment counts.</param>
    /// <param name="id">The construct's id.</param>
    /// <param name="image">What <c>lading.json</c> calls the image.</param>
    public static IRepository FromLading(Construct scope, string id, string image)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var stack = Stack.Of(scope);
        var place = Try(scope, () => StackImages.RegistryOf(stack), TargetRegistry.OfStack);
        return new ImageRendering(stack, place).Import(scope, id, NameOf(scope, image));
    }

    /// <summary>Refuses rules that would delete what still runs; those that do not are taken.</summary>
    /// <param name="rule">By age, for images with certain tags that are not Lading's own.</param>
    public override void AddLifecycleRule(ILifecycleRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (
            rule.MaxImageCount is not null
            || rule.TagStatus is null or TagStatus.ANY or TagStatus.UNTAGGED
            || (rule.TagPrefixList ?? []).Concat(rule.TagPatternList ?? []).Any(MeetsSourceTags)
        )
        {
            Annotations
                .Of(this)
                .AddError(
                    "Could not add a lifecycle rule: it deletes images by their number, those without a tag, which the children of indexes are, or those "
                        + "under the src- tags that every image has; what runs, or may be rolled back to, would be among them. "
                        + "Give rules an age (MaxImageAge) and tags of your own (TagStatus.TAGGED)."
                );
            return;
        }

        base.AddLifecycleRule(rule);
    }

    /// <summary>Whether a rule for tags with this prefix, or of this pattern, is also one for <c>src-</c> tags.</summary>
    private static bool MeetsSourceTags(string tags)
    {
        var start = tags.Split('*')[0];
        return start.StartsWith(Fingerprint.SourceTagPrefix, StringComparison.Ordinal)
            || Fingerprint.SourceTagPrefix.StartsWith(start, StringComparison.Ordinal);
    }

    /// <summary>The properties of CloudFormation, since CDK 2.160 does not know them.</summary>
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
            Nameless
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
