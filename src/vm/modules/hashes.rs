//! `_hashes`: digests of bytes. Programs give them to threads as work, so they have to be quick.

use super::NativeModule;
use crate::vm::builtins::function;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, NativeDef, Outcome};
use blake2::digest::{Digest, ExtendableOutput, Update, VariableOutput, XofReader};
use blake2::{Blake2bVar, Blake2sVar};

/// The module.
pub const MODULE: NativeModule = NativeModule {
    name: "_hashes",
    functions: FUNCTIONS,
    fill: |_, _| {},
};

static FUNCTIONS: &[NativeDef] = &[function("digest", "name, data, size, /", digest)];

/// The digest of bytes by the algorithm's name. The size counts for those that leave it to the caller.
fn digest(vm: &mut Vm, args: &Args) -> Outcome {
    let name = vm.as_str(args[0]).unwrap_or_default();
    let data = vm.as_bytes(args[1]).unwrap_or_default();
    let size = vm
        .as_i64(args[2])
        .and_then(|size| usize::try_from(size).ok());
    let size = size.unwrap_or(0).min(vm.limits.bytes);
    let made = match name {
        "md5" => fixed::<md5::Md5>(data),
        "sha1" => fixed::<sha1::Sha1>(data),
        "sha224" => fixed::<sha2::Sha224>(data),
        "sha256" => fixed::<sha2::Sha256>(data),
        "sha384" => fixed::<sha2::Sha384>(data),
        "sha512" => fixed::<sha2::Sha512>(data),
        "sha3_224" => fixed::<sha3::Sha3_224>(data),
        "sha3_256" => fixed::<sha3::Sha3_256>(data),
        "sha3_384" => fixed::<sha3::Sha3_384>(data),
        "sha3_512" => fixed::<sha3::Sha3_512>(data),
        "shake_128" => extended(sha3::Shake128::default(), data, size),
        "shake_256" => extended(sha3::Shake256::default(), data, size),
        "blake2b" => variable::<Blake2bVar>(data, size),
        "blake2s" => variable::<Blake2sVar>(data, size),
        _ => {
            let message = format!("unsupported hash type {name}");
            return vm.value_error(message);
        }
    };
    Ok(vm.bytes(made))
}

fn fixed<H: Digest>(data: &[u8]) -> Vec<u8> {
    H::digest(data).to_vec()
}

fn extended(mut hasher: impl ExtendableOutput, data: &[u8], size: usize) -> Vec<u8> {
    let mut made = vec![0; size];
    hasher.update(data);
    hasher.finalize_xof().read(&mut made);
    made
}

/// The library has checked that the algorithm can make so many bytes.
fn variable<H: VariableOutput + Update>(data: &[u8], size: usize) -> Vec<u8> {
    let mut made = vec![0; size];
    if let Ok(mut hasher) = H::new(size) {
        hasher.update(data);
        // The size is the hasher's own.
        let _ = hasher.finalize_variable(&mut made);
    }
    made
}
