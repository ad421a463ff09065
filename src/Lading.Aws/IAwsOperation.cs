namespace Lading.Aws;

/// <summary>One operation of an AWS service as a value. Signing, retries and errors are implemented once, around it.</summary>
/// <typeparam name="T">The result.</typeparam>
/// <remarks>Derive from an operation of a protocol: JSON (ECR, ECS, SSM), query (STS, CloudFormation) or REST (Lambda).</remarks>
internal interface IAwsOperation<T>
{
    AwsService Service { get; }

    /// <summary>The operation's name, which is also its IAM action.</summary>
    string Name { get; }

    /// <summary>What was attempted, as the start of an error.</summary>
    string Attempted { get; }

    /// <summary>The error codes that the caller handles, such as a missing image; all others are failures.</summary>
    IReadOnlyCollection<string> Expected => [];

    /// <summary>Creates the request.</summary>
    AwsRequest CreateRequest();

    /// <summary>Parses the body of the response.</summary>
    /// <exception cref="FormatException">It is not a response to this operation.</exception>
    T Read(ReadOnlyMemory<byte> body);
}
