namespace Lading.Retention.Evidence;

/// <summary>Kinds of use, the strongest first, which is also their order in reports.</summary>
internal enum UseKind
{
    /// <summary>Tasks run the image, or did until recently.</summary>
    Running,

    /// <summary>A deployment in progress, or the one it would be rolled back to.</summary>
    Deploying,

    /// <summary>The template of a stack references the image.</summary>
    Template,

    /// <summary>A change set that waits for approval references it.</summary>
    ChangeSet,

    /// <summary>A task definition that can be started references it.</summary>
    TaskDefinition,

    /// <summary>A Lambda function, job, schedule or another AWS service uses it.</summary>
    OtherWorkload,

    /// <summary>One of the last releases of an environment.</summary>
    Release,

    /// <summary>A lock names it.</summary>
    Lock,

    /// <summary>The configuration holds an image back at it.</summary>
    Hold,

    /// <summary>A pattern or <c>lading keep</c> keeps it.</summary>
    Kept,

    /// <summary>The tip of a branch, or a tag, in git needs it.</summary>
    Revision,

    /// <summary>A list of references contains it.</summary>
    Reference,
}
