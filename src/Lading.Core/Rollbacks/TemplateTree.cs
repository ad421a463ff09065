using Lading.Checking.Templates;
using Lading.Configuration;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>Reads the templates of a stack and of its nested stacks, as they were passed to CloudFormation.</summary>
/// <param name="updates">Reads deployed templates, and the bucket.</param>
/// <param name="bootstrap">The stack's bootstrap; null if it is unknown.</param>
/// <param name="assemblies">Folders that may contain the originals.</param>
internal sealed class TemplateTree(IStackUpdates updates, Bootstrap? bootstrap, IReadOnlyList<string> assemblies)
{
    /// <summary>Reads the templates: the top-level stack's first, and each parent before its nested stacks.</summary>
    /// <exception cref="LadingException">A template is not JSON, or has characters that cannot be
    /// recovered.</exception>
    public async Task<IReadOnlyList<DeployedTemplate>> ReadAsync(
        StackEvidence top,
        EnvironmentEvidence evidence,
        CancellationToken cancellationToken
    )
    {
        var text = await updates.ReadTemplateAsync(top.Id, cancellationToken).ConfigureAwait(false);
        var read = new List<DeployedTemplate>
        {
            new(top, await OriginalAsync(top, text, top.Name, cancellationToken).ConfigureAwait(false)),
        };
        for (var i = 0; i < read.Count; i++)
        {
            var parent = read[i].Stack;
            foreach (var nested in evidence.Stacks.Where(each => each.ParentId == parent.Id))
            {
                read.Add(await ReadNestedAsync(nested, parent, top, evidence, cancellationToken).ConfigureAwait(false));
            }
        }

        return read;
    }

    private async Task<DeployedTemplate> ReadNestedAsync(
        StackEvidence nested,
        StackEvidence parent,
        StackEvidence top,
        EnvironmentEvidence evidence,
        CancellationToken cancellationToken
    )
    {
        var (logicalId, address) = Find(nested, new DeployedStack(evidence, parent));
        var text = await updates.ReadTemplateAsync(nested.Id, cancellationToken).ConfigureAwait(false);
        var stored = address is null
            ? new StoredTemplate(null, "its address is not written in the template that nests it")
            : await updates.Templates.ReadAsync(address, cancellationToken).ConfigureAwait(false);
        var isThere = stored.Text is { } found && (found == text || UnreadableCharacters.IsOriginal(found, text));
        return new DeployedTemplate(
            nested,
            isThere
                ? TemplateText.TryParse(stored.Text!) ?? throw OfYaml(top, logicalId)
                : await OriginalAsync(top, text, logicalId, cancellationToken).ConfigureAwait(false)
        )
        {
            LogicalId = logicalId,
            Address = address,
            IsThere = isThere,
            IsGone = stored is { Text: null, Unread: null },
            Unread = stored.Unread,
        };
    }

    /// <summary>A nested stack's resource, and the URL of its template.</summary>
    private static (string LogicalId, BucketAddress? Address) Find(StackEvidence nested, DeployedStack parent)
    {
        foreach (var (logicalId, type, properties) in parent.Resources)
        {
            if (type == Workloads.Nested && parent.FindResource(logicalId)?.PhysicalId == nested.Id)
            {
                var address = JsonMembers.TryGet(properties, out var value, "TemplateURL")
                    ? parent.Values.TextOf(value).Text
                    : null;
                return (logicalId, BucketAddress.TryParse(address));
            }
        }

        return (nested.Name, null);
    }

    /// <summary>
    /// The text that was passed to CloudFormation: the text it returns, unless that has lost characters.
    /// </summary>
    private async Task<TemplateText> OriginalAsync(
        StackEvidence top,
        string text,
        string name,
        CancellationToken cancellationToken
    )
    {
        var template = TemplateText.TryParse(text) ?? throw OfYaml(top, name);
        var places = UnreadableCharacters.PlacesIn(template);
        if (places.Count == 0)
        {
            return template;
        }

        var original =
            OriginalTemplates.Find(text, assemblies)
            ?? await updates.Templates.FindOriginalAsync(text, cancellationToken).ConfigureAwait(false);
        return original is not null
            ? TemplateText.TryParse(original)!
            : throw Refused(
                top,
                $"CloudFormation gives the template of {name} back with ? for each character that is not ASCII, and it has one at {string.Join(", ", places.Take(5))}{(places.Count > 5 ? $" and {places.Count - 5} other places" : "")}",
                $"Run this where the cdk.out of that deployment is, or name it with --app; looked in {string.Join(", ", assemblies.Append(bootstrap is null ? null : $"bucket {bootstrap.Bucket}").OfType<string>())}. cdk synth of the deployed commit writes it again."
            );
    }

    private static LadingException OfYaml(StackEvidence top, string name) =>
        Refused(
            top,
            name == top.Name
                ? "its template is YAML, and only JSON is supported"
                : $"the template of {name} is YAML, and only JSON is supported",
            "Go back with what deployed it: git revert, then deploy again."
        );

    private static LadingException Refused(StackEvidence stack, string cameBack, string remedy) =>
        new($"Could not go back in {stack.Name}", cameBack, remedy, FailureKind.CheckFailed);
}
