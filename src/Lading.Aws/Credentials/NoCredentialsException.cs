namespace Lading.Aws.Credentials;

/// <summary>
/// There are no credentials at all, as opposed to wrong ones. It is the cause of a failure, and never thrown.
/// </summary>
internal sealed class NoCredentialsException : Exception;
