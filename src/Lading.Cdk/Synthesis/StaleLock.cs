namespace Lading.Cdk.Synthesis;

/// <summary>What to do about a lock that is not that of HEAD.</summary>
internal enum StaleLock
{
    /// <summary>A CDK warning.</summary>
    Warn,

    /// <summary>A CDK error.</summary>
    Error,

    /// <summary>Nothing; git is not even asked.</summary>
    Ignore,
}
