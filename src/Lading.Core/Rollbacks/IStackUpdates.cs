using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>Updates stacks of one account and region by change sets.</summary>
internal interface IStackUpdates : IDisposable
{
    /// <summary>A stack as it is now; null if there is none of this name.</summary>
    /// <param name="stack">A name or ARN.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<StackEvidence?> FindAsync(string stack, CancellationToken cancellationToken);

    /// <summary>The template as CloudFormation was given it, but for characters that it cannot give back.</summary>
    Task<string> ReadTemplateAsync(string stack, CancellationToken cancellationToken);

    /// <summary>The events of a stack, the newest first.</summary>
    Task<IReadOnlyList<StackEvent>> ReadEventsAsync(string stack, CancellationToken cancellationToken);

    /// <summary>Begins to make a change set, and returns its ARN.</summary>
    Task<string> CreateAsync(ChangeSetRequest request, CancellationToken cancellationToken);

    /// <summary>A change set with all of its changes.</summary>
    Task<ChangeSet> DescribeAsync(string changeSet, CancellationToken cancellationToken);

    /// <summary>Deletes a change set that is not to be executed.</summary>
    Task DeleteAsync(string changeSet, CancellationToken cancellationToken);

    /// <summary>Begins to execute a change set.</summary>
    Task ExecuteAsync(string changeSet, CancellationToken cancellationToken);

    /// <summary>Cancels the update of a stack that is under way: CloudFormation goes back to what was before.</summary>
    Task CancelAsync(string stack, CancellationToken cancellationToken);
}

/// <summary>A change set to be made.</summary>
/// <param name="Stack">The stack that it updates.</param>
/// <param name="Name">Letters, digits and dashes.</param>
/// <param name="Description">For people who look at it.</param>
/// <param name="Template">The new text.</param>
internal sealed record ChangeSetRequest(StackEvidence Stack, string Name, string Description, string Template);
