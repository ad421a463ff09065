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

        var facts = region.Facts;
        var exports = await facts.ListAsync(next => new ListExports(next), "", cancellationToken).ConfigureAwait(false);
        var evidence = EvidenceOf(region) with
        {
            Exports = exports.DistinctBy(export => export.Key).ToDictionary(StringComparer.Ordinal),
        };
        await Task.WhenAll(
                region
                    .Unread.Where(stack => stack.Status != "REVIEW_IN_PROGRESS")
                    .Select(stack => ReadAsync(region, evidence, stack, cancellationToken))
            )
            .ConfigureAwait(false);
    }

    /// <summary>What the templates of a region may refer to.</summary>
    public static EnvironmentEvidence EvidenceOf(RegionFacts region) =>
        new()
        {
            Name = region.Account,
            Account = region.Account,
            Region = region.Region,
            ReadAt = region.Facts.Now,
            Stacks = region.Stacks,
        };

    /// <summary>The images that a template names, in whatever form it is written.</summary>
    public static TemplateMentions MentionsOf(string text, EnvironmentEvidence evidence, StackEvidence stack)
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
            var mentions = MentionsOf(text, evidence, stack);
            if (mentions.Unknown.Any(IsOnlyHere))
            {
                var resources = await facts
                    .ListAsync(next => new ListStackResources(stack.Id, next), stack.Id, cancellationToken)
                    .ConfigureAwait(false);
                var made = resources
                    .DistinctBy(each => each.LogicalId)
                    .ToDictionary(each => each.LogicalId, StringComparer.Ordinal);
                mentions = MentionsOf(text, evidence, stack with { Resources = made });
            }

            images.UnionWith(mentions.Images);
            Note(region, stack, mentions);
            if (text.Contains("Transform", StringComparison.Ordinal))
            {
                // A macro may put in what the original does not have.
                var processed = await facts
                    .FindAsync(new GetTemplate(stack.Id), stack.Id, cancellationToken)
                    .ConfigureAwait(false);
                images.UnionWith(processed is null ? [] : MentionsOf(processed, evidence, stack).Images);
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
                Status: not (
                    "CREATE_IN_PROGRESS"
                    or "DELETE_IN_PROGRESS"
                    or "REVIEW_IN_PROGRESS"
                    or "ROLLBACK_IN_PROGRESS"
                )
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
