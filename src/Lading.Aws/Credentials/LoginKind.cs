namespace Lading.Aws.Credentials;

/// <summary>Where credentials come from, as far as renewing them differs.</summary>
internal enum LoginKind
{
    /// <summary><c>AWS_ACCESS_KEY_ID</c> and its fellows.</summary>
    Variables,

    /// <summary>The token of a CI system or cluster, in the file that <c>AWS_WEB_IDENTITY_TOKEN_FILE</c> names.</summary>
    WebIdentity,

    /// <summary>Keys in the profile itself.</summary>
    Keys,

    /// <summary>IAM Identity Center, perhaps with a role after it.</summary>
    SingleSignOn,

    /// <summary>What <c>aws login</c> keeps, perhaps with a role after it.</summary>
    ConsoleLogin,

    /// <summary>A role that the profile takes on with other credentials.</summary>
    Role,

    /// <summary>A program of the user's (<c>credential_process</c>).</summary>
    Program,

    /// <summary>The role of the container or machine that this runs on.</summary>
    Compute,
}
