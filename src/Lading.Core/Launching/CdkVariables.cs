namespace Lading.Launching;

/// <summary>The environment variables that connect the CDK CLI and an app.</summary>
internal static class CdkVariables
{
    /// <summary>The account of the CLI's profile; not set if there are no credentials.</summary>
    public const string Account = "CDK_DEFAULT_ACCOUNT";

    public const string Region = "CDK_DEFAULT_REGION";

    /// <summary>The context, as JSON.</summary>
    public const string Context = "CDK_CONTEXT_JSON";

    /// <summary>The file with the part of the context that is too large for a variable.</summary>
    public const string ContextFile = "CONTEXT_OVERFLOW_LOCATION_ENV";

    /// <summary>The output folder of the assembly: set whenever the CLI starts the app.</summary>
    public const string OutputFolder = "CDK_OUTDIR";

    /// <summary>Lading's own variable for the environment.</summary>
    public const string Environment = "LADING_ENV";

    /// <summary>Lading's own variable for the lock, or a folder of locks.</summary>
    public const string Lock = "LADING_LOCK";
}
