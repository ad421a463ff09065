namespace Lading.Rollbacks;

/// <summary>The outcome of a rollback.</summary>
internal enum RollbackState
{
    /// <summary>The requested images run.</summary>
    Back,

    /// <summary>CloudFormation rolled the update back: the stack is as before.</summary>
    Undone,

    /// <summary>CloudFormation could neither complete the update nor roll it back.</summary>
    Failed,

    /// <summary>CloudFormation succeeded, but not every task runs the images.</summary>
    NotRunning,
}
