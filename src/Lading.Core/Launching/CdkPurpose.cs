namespace Lading.Launching;

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
