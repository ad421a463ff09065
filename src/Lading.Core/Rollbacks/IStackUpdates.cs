using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>Updates stacks of one account and region through change sets.</summary>
internal interface IStackUpdates
{
    /// <summary>The templates that stacks refer to by URL.</summary>
    ITemplateStore Templates { get; }

    /// <summary>The same, using the roles and bucket of a bootstrap if the caller lacks a permission.</summary>
    /// <param name="bootstrap">Null if it is unknown.</param>
    IStackUpdates Through(Bootstrap? bootstrap);

    /// <summary>The current state of a stack; null if no stack has this name.</summary>
    /// <param name="stack">A name or ARN.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    Task<StackEvidence?> FindAsync(string stack, CancellationToken cancellationToken);

    /// <summary>The template that was passed to CloudFormation, except for characters that it does not return.</summary>
    Task<string> ReadTemplateAsync(string stack, CancellationToken cancellationToken);

    /// <summary>The events of a stack, the newest first.</summary>
    Task<IReadOnlyList<StackEvent>> ReadEventsAsync(string stack, CancellationToken cancellationToken);

    /// <summary>Starts to create a change set, and returns its ARN.</summary>
    Task<string> CreateAsync(ChangeSetRequest request, CancellationToken cancellationToken);

    /// <summary>A change set with all of its changes.</summary>
    Task<ChangeSet> DescribeAsync(string changeSet, CancellationToken cancellationToken);

    /// <summary>Deletes a change set that will not be executed.</summary>
    Task DeleteAsync(string changeSet, CancellationToken cancellationToken);

    /// <summary>Starts the execution of a change set.</summary>
    Task ExecuteAsync(string changeSet, CancellationToken cancellationToken);

    /// <summary>Whether the execution of a change set has started; null if that is unknown.</summary>
    Task<bool?> HasBegunAsync(string changeSet, CancellationToken cancellationToken);

    /// <summary>Cancels the update in progress of a stack: CloudFormation restores the previous state.</summary>
    /// <returns>Whether it was still in progress; if not, it has completed or is already being rolled back.</returns>
    Task<bool> CancelAsync(string stack, CancellationToken cancellationToken);

    /// <summary>Rolls a service back to the revisions that its deployment began from.</summary>
    /// <returns>Why it could not be rolled back, as part of a sentence; null if it could.</returns>
    Task<string?> StopAsync(DeploymentEvidence deployment, CancellationToken cancellationToken);
}

/// <summary>The updates of an account and region, with the connections they use, which stay open until disposal.</summary>
internal interface IOpenUpdates : IDisposable
{
    IStackUpdates Updates { get; }

    /// <summary>Checks whether execution roles may pull.</summary>
    IPullPermissions Pulls { get; }
}

/// <summary>A change set to create.</summary>
/// <param name="Stack">The stack that it updates.</param>
/// <param name="Name">Letters, digits and dashes.</param>
/// <param name="Description">The description of the change set.</param>
/// <param name="Template">The new text.</param>
/// <param name="Address">The URL of that text; null if the text itself is passed.</param>
internal sealed record ChangeSetRequest(
    StackEvidence Stack,
    string Name,
    string Description,
    string Template,
    string? Address = null
);
