namespace Lading.Aws.Credentials;

/// <summary>There are no credentials at all, so none of them is wrong. The cause of a failure; it is never thrown.</summary>
internal sealed class NoCredentialsException : Exception;
