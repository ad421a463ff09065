namespace Lading.Launching;

/// <summary>The variables that the CDK command line and an app speak through.</summary>
internal static class CdkVariables
{
    /// <summary>The account that the command line chose by its profile; not set where it has no credentials.</summary>
    public const string Account = "CDK_DEFAULT_ACCOUNT";

    public const string Region = "CDK_DEFAULT_REGION";

    /// <summary>The context, as JSON.</summary>
    public const string Context = "CDK_CONTEXT_JSON";

    /// <summary>The file of that part of the context which is too large for a variable.</summary>
    public const string ContextFile = "CONTEXT_OVERFLOW_LOCATION_ENV";

    /// <summary>Where the app writes its assembly: set whenever the command line starts it.</summary>
    public const string OutputFolder = "CDK_OUTDIR";

    /// <summary>Lading's own: the environment.</summary>
    public const string Environment = "LADING_ENV";

    /// <summary>Lading's own: the lock, or a folder of locks.</summary>
    public const string Lock = "LADING_LOCK";
}
