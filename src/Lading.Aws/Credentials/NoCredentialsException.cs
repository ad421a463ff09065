namespace Lading.Aws.Credentials;

/// <summary>There are no credentials at all, so that nothing is wrong with any. The cause of a failure; nobody throws it.</summary>
internal sealed class NoCredentialsException : Exception;
