using System.Text.Json;
using Lading.Aws.CloudFormation;
using Lading.Aws.Running;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Aws.Retention;

/// <summary>Templates of all stacks that are not deleted; a stack whose update is under way holds its repositories, since no API gives its previous template.</summary>
internal sealed class TemplateUses : IUseReader
{
    /// <summary>The state of a stack that has nothing but change sets.</summary>
    private const string InReview = "REVIEW_IN_PROGRESS";

    /// <summary>Resources whose images are read from their own service, whatever their templates tell.</summary>
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

        var evidence = await ReadSurroundingsAsync(region, cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(
                region
                    .Unread.Where(stack => stack.Status != InReview)
                    .Select(stack => ReadAsync(region, evidence, stack, cancellationToken))
            )
            .ConfigureAwait(false);
    }

    /// <summary>What the templates of a region may refer to.</summary>
    public static async Task<EnvironmentEvidence> ReadSurroundingsAsync(
        RegionFacts region,
        CancellationToken cancellationToken
    )
    {
        var exports = await region
            .Facts.ListAsync(next => new ListExports(next), "", cancellationToken)
            .ConfigureAwait(false);
        return new EnvironmentEvidence
        {
            Name = region.Account,
            Account = region.Account,
            Region = region.Region,
            ReadAt = region.Facts.Now,
            Stacks = region.Stacks,
            Exports = exports.DistinctBy(export => export.Key).ToDictionary(StringComparer.Ordinal),
        };
    }

    /// <summary>The images that a template names; where that depends on what its stack made, this is asked.</summary>
    /// <param name="region">Where the stack is.</param>
    /// <param name="evidence">What the template may refer to.</param>
    /// <param name="stack">The stack, with the parameters that go with the template.</param>
    /// <param name="text">The template.</param>
    /// <param name="matters">Whether a resource counts whose image is unknown.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<TemplateMentions> ReadMentionsAsync(
        RegionFacts region,
        EnvironmentEvidence evidence,
        StackEvidence stack,
        string text,
        Func<string, bool> matters,
        CancellationToken cancellationToken
    )
    {
        var mentions = MentionsOf(text, evidence, stack);
        if (!mentions.Unknown.Any(matters) || stack.Status == InReview)
        {
            return mentions;
        }

        var resources = await region
            .Facts.ListAsync(next => new ListStackResources(stack.Id, next), stack.Id, cancellationToken)
            .ConfigureAwait(false);
        var made = resources
            .DistinctBy(each => each.LogicalId)
            .ToDictionary(each => each.LogicalId, StringComparer.Ordinal);
        return MentionsOf(text, evidence, stack with { Resources = made });
    }

    /// <summary>The images that a template names, in whatever form it is written.</summary>
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
        var facts = region.Facts;
        var text = await facts
            .FindAsync(new GetTemplate(stack.Id, IsOriginal: true), stack.Id, cancellationToken)
            .ConfigureAwait(false);
        var source = region.Origin("cloudformation:GetTemplate", stack.Name);
        var images = new HashSet<UsedImage>();
        if (text is not null)
        {
            var mentions = await ReadMentionsAsync(region, evidence, stack, text, IsOnlyHere, cancellationToken)
                .ConfigureAwait(false);
            images.UnionWith(mentions.Images);
            Note(region, stack, mentions);
            if (text.Contains("Transform", StringComparison.Ordinal))
            {
                // A macro may put in what the original does not have.
                var processed = await facts
                    .FindAsync(new GetTemplate(stack.Id), stack.Id, cancellationToken)
                    .ConfigureAwait(false);
                var put = await ReadMentionsAsync(
                        region,
                        evidence,
                        stack,
                        processed ?? "{}",
                        IsOnlyHere,
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                images.UnionWith(put.Images);
                Note(region, stack, put);
            }

            region.Uses.Add(UseKind.Template, images, $"the template of {stack.Name} names it", source);
        }

        if (MayGoBack(stack))
        {
            Hold(region, stack, images, source);
        }
    }

    private static void Note(RegionFacts region, StackEvidence stack, TemplateMentions mentions)
    {
        foreach (var resource in mentions.Unknown.Where(IsOnlyHere))
        {
            region.Facts.Note(
                "cloudformation:GetTemplate",
                stack.Id,
                $"the image of {resource} in {stack.Name} is known at deployment only",
                []
            );
        }
    }

    private static bool IsOnlyHere(string resource) =>
        !ReadElsewhere.Contains(resource.Split(' ')[0], StringComparer.Ordinal);

    /// <summary>Whether CloudFormation may put back the template that was there before.</summary>
    public static bool MayGoBack(StackEvidence stack) =>
        stack
            is {
                IsInProgress: true,
                Status: not ("CREATE_IN_PROGRESS" or "DELETE_IN_PROGRESS" or InReview or "ROLLBACK_IN_PROGRESS")
            }
        || stack.Status is "UPDATE_FAILED" or "UPDATE_ROLLBACK_FAILED" or "IMPORT_ROLLBACK_FAILED";

    private static void Hold(
        RegionFacts region,
        StackEvidence stack,
        IReadOnlyCollection<UsedImage> images,
        FactOrigin source
    )
    {
        var reason = $"{stack.Name} is {stack.Status}, and no API gives the template that it may go back to";
        const string Remedy = "Run it again once the stack is done.";
        var repositories = images.Select(image => (image.Host, image.Repository)).Distinct().ToList();
        if (repositories.Count == 0 || repositories.Exists(each => each.Repository is null))
        {
            // It does not tell which they are.
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
