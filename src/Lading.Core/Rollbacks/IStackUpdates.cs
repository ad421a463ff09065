using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>Updates stacks of one account and region by change sets.</summary>
internal interface IStackUpdates
{
    /// <summary>The templates that stacks name by their addresses.</summary>
    ITemplateStore Templates { get; }

    /// <summary>The same, with the roles and the bucket of a bootstrap where the caller may not do something itself.</summary>
    /// <param name="bootstrap">Null if nothing tells of one.</param>
    IStackUpdates Through(Bootstrap? bootstrap);

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

    /// <summary>Whether the execution of a change set has begun; null if that cannot be told.</summary>
    Task<bool?> HasBegunAsync(string changeSet, CancellationToken cancellationToken);

    /// <summary>Cancels the update of a stack that is under way: CloudFormation goes back to what was before.</summary>
    /// <returns>Whether it was under way still: if not, it is done, or on its way back by itself.</returns>
    Task<bool> CancelAsync(string stack, CancellationToken cancellationToken);

    /// <summary>Has a service go back to what its deployment began from.</summary>
    /// <returns>Why it could not, as part of a sentence; null if it does.</returns>
    Task<string?> StopAsync(DeploymentEvidence deployment, CancellationToken cancellationToken);
}

/// <summary>The updates of an account and region, with what they need open until it is disposed of.</summary>
internal interface IOpenUpdates : IDisposable
{
    IStackUpdates Updates { get; }

    /// <summary>Tells whether execution roles may pull.</summary>
    IPullPermissions Pulls { get; }
}

/// <summary>A change set to be made.</summary>
/// <param name="Stack">The stack that it updates.</param>
/// <param name="Name">Letters, digits and dashes.</param>
/// <param name="Description">For people who look at it.</param>
/// <param name="Template">The new text.</param>
/// <param name="Address">Where that text is; null if it is handed over as it is.</param>
internal sealed record ChangeSetRequest(
    StackEvidence Stack,
    string Name,
    string Description,
    string Template,
    string? Address = null
);
