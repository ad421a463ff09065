using System.Text.Json;
using Lading.Aws.CloudFormation;
using Lading.Aws.Running;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Aws.Retention;

/// <summary>
/// Reads the templates of all stacks that are not deleted. A stack with an update in progress holds its repositories,
/// since no API returns its previous template.
/// </summary>
internal sealed class TemplateUses : IUseReader
{
    /// <summary>The state of a stack that has only change sets.</summary>
    private const string InReview = "REVIEW_IN_PROGRESS";

    /// <summary>Resources whose images are read from their own service.</summary>
    private static readonly string[] ReadElsewhere =
    [
        "AWS::AppRunner::Service",
        "AWS::Batch::JobDefinition",
        "AWS::CodeBuild::Project",
        "AWS::ECS::TaskDefinition",
        "AWS::Lambda::Function",
        "AWS::SageMaker::Model",
        "AWS::Serverless::Function",
    ];

    public UseStage Stage => UseStage.Templates;

    public async Task ReadAsync(RegionFacts region, CancellationToken cancellationToken)
    {
        if (region.Unread.Count == 0)
        {
            return;
        }

        var evidence = await region.ReadSurroundingsAsync(cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(
                region
                    .Unread.Where(stack => stack.Status != InReview)
                    .Select(stack => ReadAsync(region, evidence, stack, cancellationToken))
            )
            .ConfigureAwait(false);
    }

    /// <summary>
    /// The templates of a stack or change set: the original, and the one that macros produced, which may have more
    /// images.
    /// </summary>
    /// <returns>The texts; empty if there is no template.</returns>
    public static async Task<IReadOnlyList<string>> ReadTextsAsync(
        RegionFacts region,
        StackEvidence stack,
        string? set,
        CancellationToken cancellationToken
    )
    {
        var original = await region
            .Facts.FindAsync(new GetTemplate(stack.Id, IsOriginal: true, set), stack.Id, cancellationToken)
            .ConfigureAwait(false);
        if (original?.Contains("Transform", StringComparison.Ordinal) is not true)
        {
            return original is null ? [] : [original];
        }

        var processed = await region
            .Facts.FindAsync(new GetTemplate(stack.Id, ChangeSet: set), stack.Id, cancellationToken)
            .ConfigureAwait(false);
        return processed is null ? [original] : [original, processed];
    }

    /// <summary>
    /// The images that templates name; if one depends on the physical id of a resource, the stack's resources are read.
    /// </summary>
    /// <param name="region">The stack's account and region.</param>
    /// <param name="evidence">The stacks and exports that the templates may refer to.</param>
    /// <param name="stack">The stack, with the parameters for these templates.</param>
    /// <param name="texts">The templates.</param>
    /// <param name="matters">Whether a resource with an unknown image counts.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The images, and the resources that count whose image is unknown.</returns>
    public static async Task<(IReadOnlySet<UsedImage> Images, IReadOnlySet<string> Unknown)> ReadMentionsAsync(
        RegionFacts region,
        EnvironmentEvidence evidence,
        StackEvidence stack,
        IReadOnlyList<string> texts,
        Func<string, bool> matters,
        CancellationToken cancellationToken
    )
    {
        var mentions = texts.Select(text => MentionsOf(text, evidence, stack)).ToList();
        if (stack.Status != InReview && mentions.Exists(each => each.Unknown.Any(matters)))
        {
            var resources = await region
                .Facts.ListAsync(next => new ListStackResources(stack.Id, next), stack.Id, cancellationToken)
                .ConfigureAwait(false);
            var created = resources
                .DistinctBy(each => each.LogicalId)
                .ToDictionary(each => each.LogicalId, StringComparer.Ordinal);
            mentions = [.. texts.Select(text => MentionsOf(text, evidence, stack with { Resources = created }))];
        }

        return (
            mentions.SelectMany(each => each.Images).ToHashSet(),
            mentions.SelectMany(each => each.Unknown).Where(matters).ToHashSet(StringComparer.Ordinal)
        );
    }

    /// <summary>The images in a template, in any format.</summary>
    private static TemplateMentions MentionsOf(string text, EnvironmentEvidence evidence, StackEvidence stack)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return TemplateMentions.In(
                document.RootElement,
                new DeployedStack(evidence, stack with { Template = document.RootElement }).Values
            );
        }
        catch (JsonException)
        {
            var environment = new DeployedStack(evidence, stack).Environment;
            return TemplateMentions.InText(text, environment, stack.Parameters);
        }
    }

    private static async Task ReadAsync(
        RegionFacts region,
        EnvironmentEvidence evidence,
        StackEvidence stack,
        CancellationToken cancellationToken
    )
    {
        var texts = await ReadTextsAsync(region, stack, set: null, cancellationToken).ConfigureAwait(false);
        var source = region.Origin("cloudformation:GetTemplate", stack.Name);
        var (images, unknown) = await ReadMentionsAsync(region, evidence, stack, texts, IsOnlyHere, cancellationToken)
            .ConfigureAwait(false);
        foreach (var resource in unknown)
        {
            region.Facts.Note(
                "cloudformation:GetTemplate",
                stack.Id,
                $"the image of {resource} in {stack.Name} is known at deployment only",
                []
            );
        }

        region.Uses.Add(UseKind.Template, images, $"the template of {stack.Name} names it", source);
        if (MayBeRolledBack(stack))
        {
            Hold(region, stack, images, source);
        }
    }

    private static bool IsOnlyHere(string resource) =>
        !ReadElsewhere.Contains(resource.Split(' ')[0], StringComparer.Ordinal);

    /// <summary>Whether CloudFormation may restore the previous template.</summary>
    public static bool MayBeRolledBack(StackEvidence stack) =>
        stack
            is {
                IsInProgress: true,
                Status: not ("CREATE_IN_PROGRESS" or "DELETE_IN_PROGRESS" or InReview or "ROLLBACK_IN_PROGRESS")
            }
        || stack.Status is "UPDATE_FAILED" or "UPDATE_ROLLBACK_FAILED" or "IMPORT_ROLLBACK_FAILED";

    private static void Hold(RegionFacts region, StackEvidence stack, IReadOnlySet<UsedImage> images, FactOrigin source)
    {
        var reason = $"{stack.Name} is {stack.Status}, and no API returns the template that it may be rolled back to";
        const string Remedy = "Run it again once the stack is done.";
        var repositories = images.Select(image => (image.Host, image.Repository)).Distinct().ToList();
        if (repositories.Count == 0 || repositories.Exists(each => each.Repository is null))
        {
            // Which repositories it concerns is unknown.
            region.Facts.Note(source.Action, stack.Id, reason, []);
            return;
        }

        foreach (var (host, repository) in repositories)
        {
            region.Add(
                new RepositoryHold(host, repository, reason, Remedy, source) { Subject = $"stack {stack.Name}" }
            );
        }
    }
}
