namespace Lading.Launching;

/// <summary>Which command of CDK an app was started for. CDK does not say so: the programs above this one do.</summary>
internal static class CdkCommandLine
{
    private static readonly string[] Programs = ["cdk", "cdk.js", "cdk.cmd", "cdk.ps1", "aws-cdk"];

    private static readonly string[] Deploying = ["deploy", "watch", "synth", "synthesize"];

    /// <summary>All other commands of CDK, with their short names.</summary>
    private static readonly string[] Reading =
    [
        "list",
        "ls",
        "diff",
        "bootstrap",
        "gc",
        "destroy",
        "import",
        "migrate",
        "metadata",
        "rollback",
        "drift",
        "refactor",
        "flags",
        "orphan",
        "publish-assets",
        "publish",
        "context",
        "docs",
        "doc",
        "doctor",
        "notices",
        "acknowledge",
        "ack",
        "init",
        "cli-telemetry",
        "explore",
    ];

    /// <summary>Decides. A stack that is named as a command makes it reading: publishing too little is put right by a message, publishing too much is not.</summary>
    /// <param name="isStartedByCdk">Whether the variables of the CDK command line are set.</param>
    /// <param name="ancestors">Command lines of the programs above this one.</param>
    public static CdkPurpose PurposeOf(bool isStartedByCdk, IEnumerable<IReadOnlyList<string>> ancestors)
    {
        if (!isStartedByCdk)
        {
            return CdkPurpose.Own;
        }

        foreach (var line in ancestors)
        {
            var after = line.SkipWhile(word => !Programs.Contains(Path.GetFileName(word))).Skip(1).ToList();
            if (after.Exists(Reading.Contains))
            {
                return CdkPurpose.Reading;
            }

            if (after.Exists(Deploying.Contains))
            {
                return CdkPurpose.Deploying;
            }
        }

        return CdkPurpose.Reading;
    }
}

/// <summary>What an app is started for, as far as it decides whether images may be published first.</summary>
internal enum CdkPurpose
{
    /// <summary>By hand, or by something that is not the CDK command line.</summary>
    Own,

    /// <summary><c>cdk deploy</c>, <c>watch</c> or <c>synth</c>: what is missing may be published.</summary>
    Deploying,

    /// <summary>Any other command, such as <c>cdk ls</c> and <c>cdk diff</c>, or one that cannot be told: nothing is published.</summary>
    Reading,
}
